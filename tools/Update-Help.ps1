#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Microsoft.PowerShell.PlatyPS'; ModuleVersion = '1.0.3' }
<#
.SYNOPSIS
Updates the help from the cmdlets of the staged module.

.DESCRIPTION
The pages in docs/CrRegistry are the source of all text. The cmdlets are the source of the syntax and the metadata of parameters.
The script generates src/CrRegistry/en-US/CrRegistry.dll-Help.xml and the about_*.help.txt from both. The next build stages them.
For a cmdlet without a page it creates one with placeholders. It fails while a page has a placeholder.
A second run changes nothing.

It imports the module, so run it in a separate process: 'dotnet pwsh -NoProfile -File tools/Update-Help.ps1'.

.PARAMETER ModulePath
The staged module. The build puts it there.
#>
[CmdletBinding()]
param(
    [ValidateNotNullOrEmpty()]
    [string] $ModulePath = (Join-Path $PSScriptRoot '../out/CrRegistry')
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$pageFolder = Join-Path $PSScriptRoot '../docs/CrRegistry' -Resolve
$helpFolder = Join-Path $PSScriptRoot '../src/CrRegistry/en-US'
$aboutWidth = 80
$listItem = '^(-|\d+\.) '

function Set-TextFile {
    # UTF-8 without a byte order mark, with line feeds and one at the end, as git stores it on every system.
    param([string] $Path, [string] $Text)
    $clean = $Text.Replace("`r`n", "`n").TrimEnd() + "`n"
    [System.IO.File]::WriteAllText($Path, $clean, [System.Text.UTF8Encoding]::new($false))
}

function Update-Page {
    param([System.Management.Automation.CmdletInfo] $Command, [string] $Path)
    if (-not (Test-Path -LiteralPath $Path)) {
        & { Set-StrictMode -Off; New-MarkdownCommandHelp -CommandInfo $Command -OutputFolder $mamlFolder -ExcludeDontShow -Force } | Move-Item -Destination $Path
    }

    # platyPS runs expressions in the caller's scope that are errors in strict mode.
    & { Set-StrictMode -Off; Update-MarkdownCommandHelp -LiteralPath $Path -NoBackup }
    $text = [System.IO.File]::ReadAllText($Path)
    foreach ($heading in [regex]::Matches($text, '(?m)^### -(?<name>\w+)[^\n]*\n(?:(?!^##).*\n)*')) {
        # platyPS does not remove deleted parameters.
        $name = $heading.Groups['name'].Value
        if ($name -notin $Command.Parameters.Keys) { $text = $text.Replace($heading.Value, '') }
    }

    # platyPS adds today's date, an empty section, and a parameter that Windows PowerShell does not have to every page.
    $text = $text -replace '(?m)^ms\.date:.*\r?\n', '' -replace '-ProgressAction, ', '' -replace '(?ms)^## ALIASES\s*?\n(?:\s*This cmdlet has the following aliases,\s*\{\{.*?\}\})?\s*?(?=^## )', ''
    Set-TextFile -Path $Path -Text $text
    if ($text.Contains('{{')) { throw "The page '$(Split-Path -Leaf $Path)' has a placeholder. Write its text." }
    if (-not (Test-MarkdownCommandHelp -Path $Path)) { throw "The page '$(Split-Path -Leaf $Path)' lacks a section." }
}

function Split-Block {
    # Returns blocks of markdown: paragraphs as one line, lists with one line for each item, code unchanged.
    param([string] $Markdown)
    $kind = 'None'
    $lines = [System.Collections.Generic.List[string]]::new()
    foreach ($line in @($Markdown.Replace("`r`n", "`n") -split "`n") + '') {
        $isFence = $line.StartsWith('```')
        if ($kind -eq 'Code' -and -not $isFence) {
            $lines.Add($line)
        }
        elseif ($isFence -or [string]::IsNullOrWhiteSpace($line)) {
            if ($kind -ne 'None') { [pscustomobject]@{ Kind = $kind; Text = $lines -join "`n" } }
            $lines.Clear()
            $kind = if ($isFence -and $kind -ne 'Code') { 'Code' } else { 'None' }
        }
        elseif ($kind -eq 'None' -or $line -match $listItem) {
            if ($kind -eq 'None') { $kind = if ($line -match $listItem) { 'List' } else { 'Paragraph' } }
            $lines.Add((ConvertTo-PlainText $line))
        }
        else {
            $lines[-1] += ' ' + (ConvertTo-PlainText $line)
        }
    }
}

function ConvertTo-PlainText {
    param([string] $Markdown)
    if ($Markdown -match '^\*\*(.+)\*\*$') { return $Matches[1].ToUpperInvariant() }
    $Markdown.Trim() -replace '\[([^\]]+)\]\((https?:[^)]+)\)', '$1 ($2)' -replace '\[([^\]]+)\]\([^)]+\)', '$1' -replace '`([^`]+)`', '$1' -replace '\*\*', ''
}

function Set-Paragraph {
    # Adds blocks to an element, one 'para' for each.
    param([System.Xml.XmlElement] $Element, [object[]] $Block)
    $Element.RemoveAll()
    foreach ($one in $Block) {
        $paragraph = $Element.AppendChild($Element.OwnerDocument.CreateElement('maml', 'para', $namespaces.LookupNamespace('maml')))
        $paragraph.InnerText = $one.Text
    }
}

function Repair-Example {
    # platyPS 1.0.3 adds code and remark to the introduction, and leaves their elements empty.
    param([System.Xml.XmlElement] $Element, [object] $Example)
    $blocks = @(Split-Block $Example.Remarks)
    if ($blocks.Count -lt 2 -or $blocks[0].Kind -ne 'Code') { throw "$($Example.Title): An example must begin with its code and have a remark." }
    $Element.SelectSingleNode('maml:title', $namespaces).InnerText = "--- $($Example.Title) ---"
    [void] $Element.RemoveChild($Element.SelectSingleNode('maml:introduction', $namespaces))
    $Element.SelectSingleNode('dev:code', $namespaces).InnerText = $blocks[0].Text
    # The empty paragraph separates the next example's title.
    Set-Paragraph -Element $Element.SelectSingleNode('dev:remarks', $namespaces) -Block ($blocks[1..($blocks.Count - 1)] + [pscustomobject]@{ Kind = 'Paragraph'; Text = '' })
}

function Repair-Syntax {
    # platyPS 1.0.3 restarts positions in each set, and does not include pipeline input there.
    param([System.Xml.XmlElement] $Element, [System.Management.Automation.CommandParameterSetInfo] $ParameterSet)
    foreach ($node in $Element.SelectNodes('command:parameter', $namespaces)) {
        $name = $node.SelectSingleNode('maml:name', $namespaces).InnerText
        $parameter = $ParameterSet.Parameters | Where-Object Name -EQ $name
        $ways = @(
            if ($parameter.ValueFromPipeline) { 'ByValue' }
            if ($parameter.ValueFromPipelineByPropertyName) { 'ByPropertyName' }
        )
        $node.SetAttribute('position', $(if ($parameter.Position -ge 0) { $parameter.Position } else { 'named' }))
        $node.SetAttribute('pipelineInput', $(if ($ways) { "true ($($ways -join ', '))" } else { 'false' }))
        $node.SetAttribute('globbing', ($parameter.Attributes.TypeId -contains [System.Management.Automation.SupportsWildcardsAttribute]).ToString().ToLowerInvariant())
    }
}

function Repair-Command {
    param([System.Xml.XmlElement] $Element, [object] $Page, [System.Management.Automation.CmdletInfo] $Command)
    foreach ($node in @($Element.SelectNodes('.//maml:description[maml:para] | .//maml:alert[maml:para]', $namespaces))) {
        Set-Paragraph -Element $node -Block @(Split-Block (@($node.SelectNodes('maml:para', $namespaces)).InnerText -join "`n`n"))
    }

    $items = @($Element.SelectNodes('command:syntax/command:syntaxItem', $namespaces))
    for ($i = 0; $i -lt $items.Count; $i++) {
        $setName = $Page.Syntax[$i].ParameterSetName
        Repair-Syntax -Element $items[$i] -ParameterSet ($Command.ParameterSets | Where-Object Name -EQ $setName)
    }

    # platyPS 1.0.3 does not copy the default values of the page.
    foreach ($parameter in $Page.Parameters | Where-Object DefaultValue) {
        $node = $Element.SelectSingleNode("command:parameters/command:parameter[maml:name='$($parameter.Name)']", $namespaces)
        $value = $node.AppendChild($node.OwnerDocument.CreateElement('dev', 'defaultValue', $namespaces.LookupNamespace('dev')))
        $value.InnerText = $parameter.DefaultValue
    }

    $examples = @($Element.SelectNodes('command:examples/command:example', $namespaces))
    for ($i = 0; $i -lt $examples.Count; $i++) { Repair-Example -Element $examples[$i] -Example $Page.Examples[$i] }

    # Links between pages are not useful at a prompt, and one is empty.
    foreach ($link in @($Element.SelectNodes('command:relatedLinks/maml:navigationLink', $namespaces))) {
        $uri = $link.SelectSingleNode('maml:uri', $namespaces)
        if ($uri.InnerText -like '*.md') { $uri.InnerText = '' }
        elseif (-not $uri.InnerText) { [void] $link.ParentNode.RemoveChild($link) }
    }
}

function ConvertTo-AboutText {
    # The form that Get-Help about_* reads. Only ASCII, because Windows PowerShell reads it in the code page of the system.
    param([string] $Markdown)
    if ($Markdown -match '[^\x00-\x7F]') { throw "The about page has the character '$($Matches[0])', which is not ASCII." }
    foreach ($block in Split-Block $Markdown) {
        if ($block.Text -match '^#+ (?<title>about_.*)$') {
            "TOPIC`n    $($Matches.title)`n"
        }
        elseif ($block.Kind -eq 'Paragraph' -and $block.Text -match '^#+ (?<title>.*)$') {
            $Matches.title.ToUpperInvariant()
        }
        else {
            $lines = foreach ($line in $block.Text -split "`n") {
                if ($block.Kind -eq 'Code') { "        $line".TrimEnd() }
                else { Format-Wrapped -Text $line -Hanging $(if ($block.Kind -eq 'List' -and $line -match $listItem) { $Matches[0].Length } else { 0 }) }
            }
            ($lines -join "`n") + "`n"
        }
    }
}

function Format-Wrapped {
    param([string] $Text, [int] $Hanging)
    $line = '   '
    foreach ($word in $Text -split ' ') {
        if ($line.Length + 1 + $word.Length -gt $aboutWidth -and $line.Trim()) {
            $line
            $line = ' ' * (3 + $Hanging)
        }

        $line += " $word"
    }

    $line
}

$temporaryFolder = Join-Path ([System.IO.Path]::GetTempPath()) "CrRegistryHelp-$PID"
$mamlFolder = Join-Path $temporaryFolder 'maml'
[void] (New-Item -ItemType Directory -Path $temporaryFolder -Force)
try {
    # A copy without its help, because platyPS would add the existing help to the pages again.
    Copy-Item -Path (Join-Path $ModulePath '*' -Resolve) -Destination $temporaryFolder -Recurse -Exclude 'en-US'
    Import-Module Microsoft.PowerShell.PlatyPS
    $module = Import-Module (Join-Path $temporaryFolder 'CrRegistry.psd1') -Force -PassThru
    $commands = @(Get-Command -Module $module.Name -CommandType Cmdlet | Sort-Object -Property Name)
    foreach ($command in $commands) { Update-Page -Command $command -Path (Join-Path $pageFolder "$($command.Name).md") }
    foreach ($file in Get-ChildItem -Path $pageFolder -Filter '*-*.md') {
        if ($file.BaseName -notin $commands.Name) { throw "The page '$($file.Name)' does not belong to a cmdlet. Delete it." }
    }

    $pages = @(foreach ($command in $commands) { Import-MarkdownCommandHelp -LiteralPath (Join-Path $pageFolder "$($command.Name).md") })
    $modulePage = Join-Path $pageFolder 'CrRegistry.md'
    [void] (& { Set-StrictMode -Off; Update-MarkdownModuleFile -LiteralPath $modulePage -CommandHelp $pages -NoBackup -Force })
    Set-TextFile -Path $modulePage -Text ([System.IO.File]::ReadAllText($modulePage) -replace '(?m)^ms\.date:.*\r?\n', '')

    $mamlFile = Export-MamlCommandHelp -CommandHelp $pages -OutputFolder $mamlFolder -Force
    $maml = [System.Xml.XmlDocument]::new()
    $maml.Load($mamlFile.FullName)
    $namespaces = [System.Xml.XmlNamespaceManager]::new($maml.NameTable)
    foreach ($prefix in 'maml', 'command', 'dev') { $namespaces.AddNamespace($prefix, $maml.DocumentElement.GetNamespaceOfPrefix($prefix)) }
    for ($i = 0; $i -lt $commands.Count; $i++) {
        $element = $maml.SelectSingleNode("//command:command[command:details/command:name='$($commands[$i].Name)']", $namespaces)
        Repair-Command -Element $element -Page $pages[$i] -Command $commands[$i]
    }

    $settings = [System.Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; Encoding = [System.Text.UTF8Encoding]::new($false) }
    $stream = [System.IO.MemoryStream]::new()
    $writer = [System.Xml.XmlWriter]::Create($stream, $settings)
    $maml.Save($writer)
    $writer.Dispose()

    [void] (New-Item -ItemType Directory -Path $helpFolder -Force)
    Set-TextFile -Path (Join-Path $helpFolder 'CrRegistry.dll-Help.xml') -Text ([System.Text.Encoding]::UTF8.GetString($stream.ToArray()))
    foreach ($page in Get-ChildItem -Path $pageFolder -Filter 'about_*.md') {
        $about = ConvertTo-AboutText ([System.IO.File]::ReadAllText($page.FullName))
        Set-TextFile -Path (Join-Path $helpFolder "$($page.BaseName).help.txt") -Text ($about -join "`n")
    }
}
finally {
    # On Windows the copy of the module is in use until the process ends.
    Remove-Item -LiteralPath $temporaryFolder -Recurse -Force -ErrorAction SilentlyContinue
}
