#Requires -Version 7.4
<#
.SYNOPSIS
Updates THIRD-PARTY-NOTICES.txt and sbom.cdx.json from the packages whose assemblies the module contains.

.DESCRIPTION
The script reads name, version, copyright, license and notices from the packages. The build stages both files,
and a test compares them with the staged assemblies. Run the script after a package was added, removed or updated, or after the
version of the module changed:

    dotnet tool restore
    dotnet pwsh -NoProfile -File tools/Update-Notices.ps1

A second run changes nothing.
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
    # UTF-8 without a byte order mark, with line feeds and one at the end, without trailing blanks, as git stores it on every system.
    param([string] $Path, [string] $Text)
    $clean = ($Text.Replace("`r`n", "`n") -replace '(?m)[ \t\f]+$', '').TrimEnd() + "`n"
    [System.IO.File]::WriteAllText($Path, $clean, [System.Text.UTF8Encoding]::new($false))
}

function Get-Package {
    # Returns the packages of the staged assemblies.
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
    # Returns each different text once, with its packages.
    param([object[]] $Package, [string] $Property, [string] $Title)
    foreach ($group in $Package | Where-Object { $_.$Property } | Group-Object -Property { ($_.$Property -join "`n").Replace("`r`n", "`n").Trim() }) {
        "$('=' * 78)`n$Title $(($group.Group | ForEach-Object { "$($_.Name) $($_.Version)" }) -join ', ')`n$('=' * 78)`n`n$($group.Name)`n"
    }
}

$packages = @(Get-Package)
# At least one package must contain the text of each license.
foreach ($license in $packages | Group-Object -Property License) {
    if (-not ($license.Group | Where-Object Texts)) { throw "No package with the license '$($license.Name)' contains its text: $($license.Group.Name -join ', ')." }
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
    # The host provides PowerShell and the loader, so that they are not part of the package.
    $null = Invoke-Dotnet -Argument 'dotnet-CycloneDX', $project, '--exclude-filter', 'PowerShellStandard.Library,System.Runtime.Loader,PolySharp,NETStandard.Library,Microsoft.CodeAnalysis.BannedApiAnalyzers', '--set-name', 'CrRegistry', '--set-version', $version,
        '--set-type', 'Library', '--no-serial-number', '--disable-package-restore', '--spec-version', '1.6', '--output-format', 'Json', '--output', $folder, '--filename', 'sbom.cdx.json'
    # Without the time, the file is the same for the same packages.
    $text = [System.IO.File]::ReadAllText((Join-Path $folder 'sbom.cdx.json')) -replace '(?m)^\s*"timestamp":.*\r?\n', ''
    Set-TextFile -Path (Join-Path $root 'sbom.cdx.json') -Text $text
}
finally {
    Pop-Location
    if (Test-Path -LiteralPath $folder) { Remove-Item -LiteralPath $folder -Recurse }
}
