<#
.SYNOPSIS
Runs the Pester tests on the staged module, and ends with exit code 0 only if all that were run passed.

.DESCRIPTION
The module must have been built. It is loaded into this process, so run the script in one of its own:
'pwsh -NoProfile -File tests/Pester/Invoke-Tests.ps1'. Exit code 1 means that tests failed or could not be run,
3 that Pester 5 is not installed.

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

# Windows brings Pester 3; the next major may break what is written for this one.
$pester = Get-Module -Name Pester -ListAvailable | Where-Object { $_.Version.Major -eq 5 } | Sort-Object -Property Version | Select-Object -Last 1
if (-not $pester) {
    Write-Warning "Pester 5 is not installed, so the PowerShell tests are NOT run. Install it: Install-Module -Name Pester -MinimumVersion 5.5 -MaximumVersion 5.99 -Scope CurrentUser -SkipPublisherCheck"
    exit 3
}

Import-Module -Name $pester.Path
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

# A file that cannot be read, and a BeforeAll that fails, count as no test: Result tells of them.
if ($result.Result -ne 'Passed' -or $result.TotalCount -eq 0) { exit 1 }
exit 0
