#Requires -Version 7.4
<#
.SYNOPSIS
Brings THIRD-PARTY-NOTICES.txt and sbom.cdx.json up to date with the packages whose assemblies the module contains.

.DESCRIPTION
Everything comes from the packages themselves: name, version, copyright, license and notices. The build stages both files,
and a test compares them with what is staged. Run the script after a package was added, removed or updated, or after the
version of the module changed:

    dotnet tool restore
    dotnet pwsh -NoProfile -File tools/Update-Notices.ps1

Running it again changes nothing.
#>
[CmdletBinding()]
param()

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$root = (Resolve-Path -LiteralPath (Join-Path $PSScriptRoot '..')).ProviderPath
$project = Join-Path $root 'src/CrRegistry/CrRegistry.csproj'

function Invoke-Dotnet {
    param([string[]] $Argument)
    $output = dotnet $Argument
    if ($LASTEXITCODE -ne 0) { throw "'dotnet $Argument' ended with exit code $LASTEXITCODE.`n$($output -join "`n")" }
    $output
}

function Set-TextFile {
    # UTF-8 without a mark, line feeds, one at the end, and no trailing blanks: what git keeps, on every system.
    param([string] $Path, [string] $Text)
    $clean = ($Text.Replace("`r`n", "`n") -replace '(?m)[ \t\f]+$', '').TrimEnd() + "`n"
    [System.IO.File]::WriteAllText($Path, $clean, [System.Text.UTF8Encoding]::new($false))
}

function Get-Package {
    # The packages that staged assemblies come from.
    $items = (Invoke-Dotnet -Argument 'msbuild', $project, '-target:Build', '-getItem:StagedDependency' | ConvertFrom-Json).Items.StagedDependency
    foreach ($item in $items | Where-Object { $_.PSObject.Properties['NuGetPackageId'] } | Sort-Object -Property NuGetPackageId -Unique) {
        $folder = Split-Path -Parent $item.FullPath
        while (-not (Test-Path -Path (Join-Path $folder '*.nuspec'))) { $folder = Split-Path -Parent $folder }
        $metadata = ([xml] (Get-Content -Path (Join-Path $folder '*.nuspec') -Raw)).package.metadata
        [pscustomobject]@{
            Name      = $metadata.id
            Version   = $metadata.version
            Copyright = $metadata.copyright
            License   = $metadata.license.InnerText
            Address   = $metadata.projectUrl
            Texts     = @(Get-ChildItem -LiteralPath $folder -File | Where-Object Name -Match '^LICENSE(\.txt)?$' | Get-Content -Raw)
            Notices   = @(Get-ChildItem -LiteralPath $folder -File | Where-Object Name -Match '^THIRD-PARTY-NOTICES(\.txt)?$' | Get-Content -Raw)
        }
    }
}

function Join-Text {
    # Each different text once, with what it belongs to.
    param([object[]] $Package, [string] $Property, [string] $Title)
    foreach ($group in $Package | Where-Object { $_.$Property } | Group-Object -Property { ($_.$Property -join "`n").Replace("`r`n", "`n").Trim() }) {
        "$('=' * 78)`n$Title $(($group.Group | ForEach-Object { "$($_.Name) $($_.Version)" }) -join ', ')`n$('=' * 78)`n`n$($group.Name)`n"
    }
}

$packages = @(Get-Package)
# A license that no package has the text of would be missing.
foreach ($license in $packages | Group-Object -Property License) {
    if (-not ($license.Group | Where-Object Texts)) { throw "No package under the license '$($license.Name)' has its text: $($license.Group.Name -join ', ')." }
}

$notices = @(
    "The module CrRegistry contains the assemblies of these packages.`n"
    foreach ($package in $packages) { "$($package.Name) $($package.Version)`n    $($package.Copyright)`n    License: $($package.License)`n    $($package.Address)`n" }
    Join-Text -Package $packages -Property Texts -Title 'License of'
    Join-Text -Package $packages -Property Notices -Title 'Notices of'
) -join "`n"
Set-TextFile -Path (Join-Path $root 'THIRD-PARTY-NOTICES.txt') -Text $notices

$data = (Import-PowerShellDataFile -LiteralPath (Join-Path $root 'CrRegistry.psd1'))
$version = "$($data.ModuleVersion)-$($data.PrivateData.PSData['Prerelease'])".TrimEnd('-')
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "CrRegistryNotices-$PID"
Push-Location -LiteralPath $root
try {
    # The host brings PowerShell and the loader: they are compiled against, and not shipped.
    $null = Invoke-Dotnet -Argument 'dotnet-CycloneDX', $project, '--exclude-filter', 'PowerShellStandard.Library,System.Runtime.Loader,PolySharp,NETStandard.Library,Microsoft.CodeAnalysis.BannedApiAnalyzers', '--set-name', 'CrRegistry', '--set-version', $version,
        '--set-type', 'Library', '--no-serial-number', '--disable-package-restore', '--spec-version', '1.6', '--output-format', 'Json', '--output', $folder, '--filename', 'sbom.cdx.json'
    # Without the time, the same packages make the same file.
    $text = [System.IO.File]::ReadAllText((Join-Path $folder 'sbom.cdx.json')) -replace '(?m)^\s*"timestamp":.*\r?\n', ''
    Set-TextFile -Path (Join-Path $root 'sbom.cdx.json') -Text $text
}
finally {
    Pop-Location
    if (Test-Path -LiteralPath $folder) { Remove-Item -LiteralPath $folder -Recurse }
}
