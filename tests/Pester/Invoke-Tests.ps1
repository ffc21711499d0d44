<#
.SYNOPSIS
Runs the Pester tests on the staged module, and ends with exit code 0 only if all that were run passed.

.DESCRIPTION
The solution must have been built, which also stages Pester. The module is loaded into this process, so run the script in a
process of its own: 'dotnet pwsh -NoProfile -File tests/Pester/Invoke-Tests.ps1'. Any PowerShell can run it. Exit code 1 means
that tests failed or could not be run.

.PARAMETER ResultFile
Where the results go, in JUnit's form.

.PARAMETER Path
The tests to run: all of this folder by default.
#>
[CmdletBinding()]
param(
    [string] $ResultFile = (Join-Path $PSScriptRoot '../../TestResults/pester.xml'),
    [string[]] $Path = $PSScriptRoot
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# The build stages it. Windows has a Pester 3 of its own, which would be found by name.
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
# The tests inherit it: they are to see errors as a script of a user does, who has set nothing.
$ErrorActionPreference = 'Continue'
$result = Invoke-Pester -Configuration $configuration

# FailedCount does not include files that cannot be read, nor an AfterAll that fails. Result does.
if ($result.Result -ne 'Passed' -or $result.TotalCount -eq 0) { exit 1 }
exit 0
