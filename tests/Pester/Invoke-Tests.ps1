<#
.SYNOPSIS
Runs the Pester tests on the staged module, and ends with exit code 0 only if all of them passed.

.DESCRIPTION
Build the solution first, which also stages Pester. The module is loaded into this process, so run the script in a
separate process: 'dotnet pwsh -NoProfile -File tests/Pester/Invoke-Tests.ps1'. Any PowerShell can run it. Exit code 1 means
that tests failed or could not be run.

.PARAMETER ResultFile
The path of the results, which are in JUnit format.

.PARAMETER Path
The tests to run. The default is all tests of this folder.
#>
[CmdletBinding()]
param(
    [string] $ResultFile = (Join-Path $PSScriptRoot '../../TestResults/pester.xml'),
    [string[]] $Path = $PSScriptRoot
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# The build stages Pester. By name, Windows would find its own Pester 3.
$pester = Join-Path $PSScriptRoot '../../out/Pester/Pester.psd1'
if (-not (Test-Path -LiteralPath $pester)) { throw "There is no Pester at '$pester'. Run 'dotnet build CrRegistry.sln' first." }
Import-Module -Name $pester
$ResultFile = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($ResultFile)
$null = New-Item -ItemType Directory -Path (Split-Path -Parent $ResultFile) -Force

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.TestResult.Enabled = $true
$configuration.TestResult.OutputFormat = 'JUnitXml'
$configuration.TestResult.OutputPath = $ResultFile
$configuration.TestResult.TestSuiteName = "CrRegistry on PowerShell $($PSVersionTable.PSVersion)"
# The tests inherit this value, so that errors behave as in a user's script with default settings.
$ErrorActionPreference = 'Continue'
$result = Invoke-Pester -Configuration $configuration

# FailedCount does not include unreadable files and a failed AfterAll. Result does.
if ($result.Result -ne 'Passed' -or $result.TotalCount -eq 0) { exit 1 }
exit 0
