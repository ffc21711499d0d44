<#
.SYNOPSIS
Builds, tests, shows, documents and packs CrRegistry.

.DESCRIPTION
Build   builds the solution; the module is then at out/CrRegistry.
Test    runs 'dotnet test', which includes the Pester tests. Results are in TestResults.
Demo    runs the quickstart.
Docs    brings the help up to date with the cmdlets, and stages it.
Package creates the package of the built module for the PowerShell Gallery in out/packages.

Needs the .NET SDK, which restores PowerShell and Pester. Docs also needs the module Microsoft.PowerShell.PlatyPS.

.PARAMETER Task
The tasks to run, in this order.

.PARAMETER Configuration
Debug or Release. The default is Debug, as for 'dotnet build' and 'dotnet test'. If it is specified, Package fails for a module of
another configuration.

.PARAMETER OtherTask
Further tasks, which a command line passes as separate arguments.

.EXAMPLE
./build.ps1

Builds and tests.

.EXAMPLE
dotnet pwsh ./build.ps1 -Task Build, Package -Configuration Release

Builds and packs, from any shell.
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)]
    [string[]] $Task = @('Build', 'Test'),

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    [Parameter(ValueFromRemainingArguments = $true, DontShow = $true)]
    [string[]] $OtherTask
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$solution = Join-Path $PSScriptRoot 'CrRegistry.sln'
$module = Join-Path $PSScriptRoot 'out/CrRegistry'
$results = Join-Path $PSScriptRoot 'TestResults'
$hasConfiguration = $PSBoundParameters.ContainsKey('Configuration')

function Invoke-Program {
    # A failed program does not stop a script, so that its exit code is checked.
    param([string] $Program, [string[]] $Argument)
    & $Program $Argument | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "'$Program $Argument' ended with exit code $LASTEXITCODE." }
}

function Invoke-Shell {
    # The PowerShell of the tool manifest, which is found from the folder of the manifest.
    param([string[]] $Argument)
    Push-Location -LiteralPath $PSScriptRoot
    try {
        Invoke-Program -Program dotnet -Argument 'tool', 'restore'
        Invoke-Program -Program dotnet -Argument (@('pwsh', '-NoProfile') + $Argument)
    }
    finally { Pop-Location }
}

function Invoke-Build {
    Invoke-Program -Program dotnet -Argument 'build', $solution, '--configuration', $Configuration
}

function Invoke-Test {
    Invoke-Program -Program dotnet -Argument 'test', $solution, '--configuration', $Configuration, '--logger', 'trx', '--results-directory', $results
}

function Invoke-Demo {
    Invoke-Program -Program dotnet -Argument 'run', '--project', (Join-Path $PSScriptRoot 'src/CrRegistry.Quickstart'), '--configuration', $Configuration
}

function Invoke-Docs {
    # In a separate process, because this process would keep the module's files open.
    Invoke-Shell -Argument '-File', (Join-Path $PSScriptRoot 'tools/Update-Help.ps1')
    # The build stages the help.
    Invoke-Build
}

function Invoke-Package {
    # Uses the PSResourceGet of the PowerShell in the tool manifest.
    if (-not (Test-Path -LiteralPath (Join-Path $module 'CrRegistry.psd1'))) { throw "There is no module at '$module'. Run the task Build first." }
    if ($hasConfiguration) {
        # Read as bytes, because a loaded file would stay in use.
        $assembly = [System.Reflection.Assembly]::Load([System.IO.File]::ReadAllBytes((Join-Path $module 'CrRegistry.dll')))
        $built = [System.Reflection.CustomAttributeExtensions]::GetCustomAttribute($assembly, [System.Reflection.AssemblyConfigurationAttribute]).Configuration
        if ($built -ne $Configuration) { throw "The module at '$module' is a $built build. Run './build.ps1 -Task Build, Package -Configuration $Configuration'." }
    }
    $folder = (New-Item -ItemType Directory -Path (Join-Path $PSScriptRoot 'out/packages') -Force).FullName
    Remove-Item -Path (Join-Path $folder '*.nupkg')
    Invoke-Shell -Argument '-Command', "`$ErrorActionPreference = 'Stop'; Compress-PSResource -Path '$($module.Replace("'", "''"))' -DestinationPath '$($folder.Replace("'", "''"))'"
    Get-Item -Path (Join-Path $folder '*.nupkg') | ForEach-Object { $_.FullName } | Out-Host
}

# A command line passes 'Build,Package' as one argument and 'Build, Package' as two.
$known = 'Build', 'Test', 'Demo', 'Docs', 'Package'
$names = @(@($Task) + @($OtherTask) | ForEach-Object { "$_" -split ',' } | ForEach-Object { $_.Trim() } | Where-Object { $_ })
$unknown = @($names | Where-Object { $_ -notin $known })
if ($unknown) { throw "'$($unknown -join "', '")' is not a task. Specify one or more of: $($known -join ', ')." }
foreach ($name in $names) {
    Write-Host "== $name =="
    & "Invoke-$name"
}
