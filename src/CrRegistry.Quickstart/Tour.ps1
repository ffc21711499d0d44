# Demonstrates the module, command by command. The quickstart starts it in a separate PowerShell.

# On a busy computer, progress bars would flicker between the lines.
$ProgressPreference = 'SilentlyContinue'

$registry = ConvertFrom-Json -InputObject $env:CRREGISTRY_QUICKSTART
Remove-Item -Path Env:CRREGISTRY_QUICKSTART
$repository = $registry.Repository
$accessKeyId = $registry.AccessKeyId
$accessKeySecret = ConvertTo-SecureString -String $registry.AccessKeySecret -AsPlainText -Force
# The path as a user would type it.
$module = Resolve-Path -LiteralPath $registry.Module -Relative
if ($module -match '[^\w./\\:-]') { $module = "'$($module.Replace("'", "''"))'" }

$commands = @(
    "Import-Module $module"
    "`$credential = [pscredential]::new(`$accessKeyId, `$accessKeySecret)  # The emulator generated the AccessKey."
    "Connect-CrRegistry -RegionId $($registry.RegionId) -InstanceId $($registry.InstanceId) -Endpoint $($registry.Endpoint) -Credential `$credential"
    "Get-CrRepository -All"
    "Get-CrRepoTag $repository -First 5"
    "@(Get-CrRepoTag $repository -All).Count"
    "Get-CrRepoTag $repository -PageSize 3"
    "Get-CrRepoTag $repository -Tag *1 -First 3"
    "Get-CrRepoTag $repository -All | Sort-Object ImageSize -Descending | Select-Object -First 3"
    "@(Get-CrRepoTag $repository -All | Where-Object { `$_.ImageUpdate -and `$_.ImageUpdate -lt (Get-Date).AddDays(-90) }).Count"
    "try { Get-CrRepoTag team/nothing -ErrorAction Stop } catch { `"`$_`" }"
    "Disconnect-CrRegistry"
)

foreach ($command in $commands) {
    Write-Host "PS> $command" -ForegroundColor Cyan
    $Error.Clear()
    . ([scriptblock]::Create($command)) | Out-Default
    if ($Error -and $command -notlike 'try *') { exit 1 }
    Write-Host ''
}

Write-Host 'Next: a prompt that is connected to the emulator.'
Write-Host "    $($registry.NextCommand)" -ForegroundColor Cyan

# Not 0, because an interrupted script ends with 0. Shell.cs expects this number.
exit 10
