# The cmdlets over real HTTP, with a service that verifies signatures.

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support/TestSupport.psm1" -Force
    Import-Module -Name "$PSScriptRoot/Support/Emulator.psm1" -Force
    Import-ModuleUnderTest
    $emulator = Start-Emulator -Option '--tags 250'
    $credential = New-TestCredential -AccessKeyId $emulator.AccessKeyId -AccessKeySecret $emulator.AccessKeySecret
    $service = @{ Endpoint = $emulator.Address; InstanceId = $emulator.InstanceId }
}

AfterAll {
    Disconnect-CrRegistry
    Stop-Emulator -Emulator $emulator
}

Describe 'A service that verifies signatures' {
    It 'lists all tags in order' {
        Connect-CrRegistry @service -Credential $credential
        $record = Invoke-Recorded { Get-CrRepoTag $emulator.Repository -All }
        $record.Failure | Should -BeNullOrEmpty
        "$($record.Output.Tag)" | Should -BeExactly "$(0..249 | ForEach-Object { "v$_" })"
    }

    It 'rejects a wrong secret with a terminating AuthenticationError' {
        Connect-CrRegistry @service -Credential (New-TestCredential -AccessKeyId $emulator.AccessKeyId -AccessKeySecret 'wrong')
        $record = Invoke-Recorded { Get-CrRepoTag $emulator.RepoId }
        $record.Failure.CategoryInfo.Category | Should -Be 'AuthenticationError'
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'SignatureDoesNotMatch,*'
    }

    It 'rejects an unknown key ID with a terminating AuthenticationError' {
        Connect-CrRegistry @service -Credential (New-TestCredential -AccessKeyId 'nobody' -AccessKeySecret $emulator.AccessKeySecret)
        $record = Invoke-Recorded { Get-CrRepoTag $emulator.RepoId }
        $record.Failure.CategoryInfo.Category | Should -Be 'AuthenticationError'
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'InvalidAccessKeyId.NotFound,*'
    }

    It 'reports a missing tag and a missing repository as ObjectNotFound' {
        Connect-CrRegistry @service -Credential $credential
        $record = Invoke-Recorded {
            Get-CrRepoTag $emulator.Repository -Tag v3, v250
            Get-CrRepoTag team/gone
        }
        "$($record.Output.Tag)" | Should -BeExactly 'v3'
        "$($record.Errors.CategoryInfo.Category)" | Should -BeExactly 'ObjectNotFound ObjectNotFound'
        "$($record.Errors.TargetObject)" | Should -BeExactly 'v250 team/gone'
    }

    It 'is called without Connect-CrRegistry and without the proxy of the environment' {
        $result = Invoke-ChildShell -Script "
            foreach (`$name in 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY') { [Environment]::SetEnvironmentVariable(`$name, 'http://127.0.0.1:1') }
            `$env:ALIBABA_CLOUD_ACCESS_KEY_ID = '$($emulator.AccessKeyId)'
            `$env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = '$($emulator.AccessKeySecret)'
            Import-Module '$(Get-ModuleUnderTest)'
            `$row = [pscustomobject]@{ RepoId = '$($emulator.RepoId)'; InstanceId = '$($emulator.InstanceId)'; RegionId = 'cn-shanghai' }
            (`$row | Get-CrRepoTag -All -Endpoint '$($emulator.Address)').Count
            'errors: ' + `$Error.Count
        "
        $result.Output | Should -BeExactly '250', 'errors: 0'
    }
}
