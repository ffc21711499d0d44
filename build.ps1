<#
.SYNOPSIS
Builds, tests, shows, documents and packs CrRegistry.

.DESCRIPTION
Build   builds the solution; the module is then at out/CrRegistry.
Test    runs 'dotnet test', then the Pester tests. Results are in TestResults.
Demo    runs the quickstart.
Docs    brings the help up to date with the cmdlets, and stages it.
Package makes a zip of the staged module in out/packages.

Needs the .NET SDK, which restores PowerShell and Pester; Docs needs the module Microsoft.PowerShell.PlatyPS, too.

.PARAMETER Task
What to do, in this order.

.PARAMETER Configuration
Debug or Release: Debug by default, as for 'dotnet build' and 'dotnet test'.

.EXAMPLE
./build.ps1

Builds and tests.

.EXAMPLE
./build.ps1 -Task Build, Package -Configuration Release
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Demo', 'Docs', 'Package')]
    [string[]] $Task = @('Build', 'Test'),

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$solution = Join-Path $PSScriptRoot 'CrRegistry.sln'
$module = Join-Path $PSScriptRoot 'out/CrRegistry'
$results = Join-Path $PSScriptRoot 'TestResults'

function Invoke-Program {
    # A program that fails does not stop a script by itself.
    param([string] $Program, [string[]] $Argument)
    & $Program $Argument | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "'$Program $Argument' ended with exit code $LASTEXITCODE." }
}

function Invoke-Shell {
    # The PowerShell that the tool manifest pins, which is found from the folder of the manifest.
    param([string[]] $Argument)
    Push-Location -LiteralPath $PSScriptRoot
    try {
        Invoke-Program -Program dotnet -Argument 'tool', 'restore'
        Invoke-Program -Program dotnet -Argument (@('pwsh', '-NoProfile', '-ExecutionPolicy', 'Bypass') + $Argument)
    }
    finally { Pop-Location }
}

function Invoke-Build {
    Invoke-Program -Program dotnet -Argument 'build', $solution, '--configuration', $Configuration
}

function Invoke-Test {
    Invoke-Program -Program dotnet -Argument 'test', $solution, '--configuration', $Configuration, '--logger', 'trx', '--results-directory', $results
    # In a process of its own: this one would keep the module's files open.
    Invoke-Shell -Argument '-File', (Join-Path $PSScriptRoot 'tests/Pester/Invoke-Tests.ps1'), '-ResultFile', (Join-Path $results 'pester.xml')
}

function Invoke-Demo {
    Invoke-Program -Program dotnet -Argument 'run', '--project', (Join-Path $PSScriptRoot 'src/CrRegistry.Quickstart'), '--configuration', $Configuration
}

function Invoke-Docs {
    Invoke-Shell -Argument '-File', (Join-Path $PSScriptRoot 'tools/Update-Help.ps1')
    # The help is staged by the build.
    Invoke-Build
}

function Invoke-Package {
    $manifest = Import-PowerShellDataFile -Path (Join-Path $module 'CrRegistry.psd1')
    $prerelease = $manifest.PrivateData.PSData['Prerelease']
    $version = if ($prerelease) { "$($manifest.ModuleVersion)-$prerelease" } else { $manifest.ModuleVersion }
    $folder = New-Item -ItemType Directory -Path (Join-Path $PSScriptRoot 'out/packages') -Force
    $package = Join-Path $folder.FullName "CrRegistry-$version.zip"
    if (Test-Path -Path $package) { Remove-Item -Path $package }
    # Not Compress-Archive: a PowerShell that came as a .NET tool may be without it.
    Add-Type -AssemblyName System.IO.Compression.FileSystem
    [System.IO.Compression.ZipFile]::CreateFromDirectory($module, $package, 'Optimal', $true)
    Get-Item -Path $package
}

foreach ($name in $Task) {
    Write-Host "== $name =="
    & "Invoke-$name"
}
