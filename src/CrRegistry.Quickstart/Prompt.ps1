# Connects a prompt to the emulator. The quickstart starts it in a PowerShell that stays open afterwards.
# The script runs in the scope of the prompt. The block has its own scope, so that no variable stays.

& {
    # Otherwise Ctrl+C would end this script and leave a prompt without a connection. The prompt receives it as a key.
    [Console]::TreatControlCAsInput = $true
    try {
        $registry = ConvertFrom-Json -InputObject $env:CRREGISTRY_QUICKSTART
        Remove-Item -Path Env:CRREGISTRY_QUICKSTART
        $credential = [pscredential]::new($registry.AccessKeyId, (ConvertTo-SecureString -String $registry.AccessKeySecret -AsPlainText -Force))
        Import-Module -Name $registry.Module
        Connect-CrRegistry -RegionId $registry.RegionId -InstanceId $registry.InstanceId -Endpoint $registry.Endpoint -Credential $credential
        Write-Host "PowerShell $($PSVersionTable.PSVersion), connected to the emulator at $($registry.Endpoint). Try:"
        Write-Host @"

    Get-CrRepository -All
    Get-CrRepoTag $($registry.Repository) -First 10
    Get-Help Get-CrRepoTag -Examples

"@ -ForegroundColor Cyan
        Write-Host "'exit' ends the prompt and the emulator."
    }
    finally { [Console]::TreatControlCAsInput = $false }
}
