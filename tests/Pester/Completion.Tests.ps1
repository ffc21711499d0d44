# Tab at a real prompt, where PowerShell completes file names if a completer returns nothing.

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support/TestSupport.psm1" -Force
    Import-ModuleUnderTest
    $homeBefore = $env:HOME
    $env:HOME = "$TestDrive"
    Set-Content -LiteralPath "$TestDrive/team-notes.txt" -Value 'a file'
    Push-Location -LiteralPath $TestDrive

    function Get-Offered {
        param([string] $Line)
        @((TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText)
    }
}

AfterAll {
    Pop-Location
    $env:HOME = $homeBefore
}

Describe 'Completion' {
    It 'offers file names for a parameter without a completer' {
        Get-Offered 'Get-CrRepoTag -RepoName te' | Should -BeLike '*team-notes.txt'
    }

    It 'offers nothing without a connection (<_>)' -ForEach @(
        'Get-CrRepoTag te'
        'Get-CrRepoTag team/app -Tag te'
        'Get-CrRepoTag -InstanceId te'
        'Get-CrRepository te'
        'Get-CrRepository -Namespace te'
        'Get-CrNamespace te'
        'Get-CrInstance te'
        'New-CrRepoTag team/app te'
        'Remove-CrRepoTag team/app te'
        'Connect-CrRegistry cn-shanghai te'
        'Connect-CrRegistry -ProfileName te'
        'Connect-CrRegistry -RegionId te'
        'Invoke-CrApi te'
    ) {
        Get-Offered $_ | Should -BeNullOrEmpty
    }

    It 'offers nothing if the service cannot be reached' {
        # Port 1 has no listener.
        $credential = [pscredential]::new('x', (ConvertTo-SecureString -String 'x' -AsPlainText -Force))
        Connect-CrRegistry cn-shanghai cri-x -Endpoint http://127.0.0.1:1 -Credential $credential
        try { Get-Offered 'Get-CrRepoTag te' | Should -BeNullOrEmpty } finally { Disconnect-CrRegistry }
    }
}
