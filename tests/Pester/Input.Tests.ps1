# Invalid input causes a clear error with the valid values, before any request.

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support/TestSupport.psm1" -Force
    Import-ModuleUnderTest
}

AfterAll { Disconnect-CrRegistry }

Describe 'Get-CrRepoTag rejects, before any request,' {
    BeforeEach {
        $stub = New-StubService -Tags 31
        Connect-StubService -Stub $stub
    }

    It '<Case>' -ForEach @(
        @{ Case = '-PageSize 0'; Given = @{ PageSize = 0 }; Says = '*PageSize*1*' }
        @{ Case = '-PageSize 101'; Given = @{ PageSize = 101 }; Says = '*PageSize*100*' }
        @{ Case = '-PageSize -1'; Given = @{ PageSize = -1 }; Says = '*PageSize*1*' }
        @{ Case = '-PageNo 0'; Given = @{ PageNo = 0 }; Says = '*PageNo*1*' }
        @{ Case = '-PageNo -1'; Given = @{ PageNo = -1 }; Says = '*PageNo*1*' }
        @{ Case = '-ThrottleLimit 0'; Given = @{ ThrottleLimit = 0 }; Says = '*ThrottleLimit*1*' }
        @{ Case = '-ThrottleLimit 65'; Given = @{ ThrottleLimit = 65 }; Says = '*ThrottleLimit*64*' }
        @{ Case = '-PageNo with -All'; Given = @{ PageNo = 2; All = $true }; Says = '*-PageNo*-All*' }
        @{ Case = '-PageNo with -First'; Given = @{ PageNo = 2; First = 5 }; Says = '*-PageNo*-First*' }
        @{ Case = '-PageNo with -Skip'; Given = @{ PageNo = 2; Skip = 5 }; Says = '*-PageNo*-Skip*' }
        @{ Case = '-PageNo with a wildcard'; Given = @{ PageNo = 2; Tag = 'v*' }; Says = '*-PageNo*-Tag*' }
        @{ Case = 'an empty -Tag'; Given = @{ Tag = '' }; Says = '*Tag*empty*' }
        @{ Case = 'an empty -InstanceId'; Given = @{ InstanceId = '' }; Says = '*InstanceId*empty*' }
        @{ Case = 'a null -InstanceId'; Given = @{ InstanceId = $null }; Says = '*InstanceId*empty*' }
        @{ Case = 'an -InstanceId that is not valid'; Given = @{ InstanceId = 'registry' }; Says = "*'registry'*cri-*" }
        @{ Case = 'an empty -RegionId'; Given = @{ RegionId = '' }; Says = '*RegionId*empty*' }
        @{ Case = 'a -RegionId with a slash'; Given = @{ RegionId = 'cn/shanghai' }; Says = "*RegionId*'cn/shanghai'*cn-shanghai*" }
        @{ Case = 'a -RegionId with a space'; Given = @{ RegionId = 'cn shanghai' }; Says = "*RegionId*'cn shanghai'*cn-shanghai*" }
        @{ Case = 'a -RegionId with an @'; Given = @{ RegionId = 'cn-shanghai@elsewhere' }; Says = '*RegionId*cn-shanghai*' }
        @{ Case = 'a -RegionId with a dot'; Given = @{ RegionId = 'cn-shanghai.elsewhere' }; Says = '*RegionId*cn-shanghai*' }
        @{ Case = 'a -RegionId with a line end'; Given = @{ RegionId = "cn-shanghai`n" }; Says = '*RegionId*cn-shanghai*' }
        @{ Case = 'an -Endpoint with user information'; Given = @{ Endpoint = 'https://someone:pass-phrase@registry.example' }; Says = '*Endpoint*user information*https://*' }
        @{ Case = 'an -Endpoint with a path'; Given = @{ Endpoint = 'https://registry.example/v2' }; Says = '*Endpoint*host and a port*https://*' }
        @{ Case = 'an -Endpoint with a query'; Given = @{ Endpoint = 'https://registry.example/?a=b' }; Says = '*Endpoint*host and a port*https://*' }
        @{ Case = 'an -Endpoint with http that is not loopback'; Given = @{ Endpoint = 'http://registry.example' }; Says = '*Endpoint*http*loopback*https://*' }
        @{ Case = 'an -Endpoint without a scheme'; Given = @{ Endpoint = 'registry.example' }; Says = '*Endpoint*absolute*https://*' }
        @{ Case = 'a -Tag that is not a valid wildcard'; Given = @{ Tag = 'v1', 'v['; All = $true }; Says = '*wildcard*backtick*' }
        @{ Case = 'an -Endpoint of another scheme'; Given = @{ Endpoint = 'ftp://registry.example' }; Says = '*Endpoint*https*' }
    ) {
        $record = Invoke-Recorded { Get-CrRepoTag -Repository team/app @Given }
        $record.Output | Should -BeNullOrEmpty
        $record.Errors | Should -BeNullOrEmpty
        $record.Failure.CategoryInfo.Category | Should -BeIn 'InvalidArgument', 'InvalidData'
        "$($record.Failure)" | Should -BeLike $Says
        "$($record.Failure)" | Should -Not -BeLike '*pass-phrase*'
        $stub.Requests.Count | Should -Be 0
    }

    It 'a repository that is <Case>' -ForEach @(
        @{ Case = 'a name without a namespace'; Text = 'app' }
        @{ Case = 'an empty name'; Text = 'team/' }
        @{ Case = 'an empty namespace'; Text = '/app' }
        @{ Case = 'a name with an empty tag'; Text = 'team/app:' }
        @{ Case = 'a name with a digest'; Text = 'team/app@sha256:12' }
        @{ Case = 'an address'; Text = 'https://registry.example/team/app' }
        @{ Case = 'in upper case'; Text = 'Team/App' }
        @{ Case = 'a name with a space'; Text = 'team/my app' }
        @{ Case = 'a name with a line end'; Text = "team/app`n" }
        @{ Case = 'an empty ID'; Text = 'crr-' }
        @{ Case = 'the ID of an instance'; Text = 'cri-test' }
    ) {
        $record = Invoke-Recorded { Get-CrRepoTag -Repository $Text }
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'RepositoryInvalid,*'
        $record.Failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $record.Failure.TargetObject | Should -BeExactly $Text.Replace("`n", '\n')
        "$($record.Failure)" | Should -BeLike '*namespace/name*crr-*'
        $stub.Requests.Count | Should -Be 0
    }

    It 'an invalid repository in the pipeline, with an error of only that item' {
        $record = Invoke-Recorded { 'app', 'crr-app' | Get-CrRepoTag -PageSize 50 }
        $record.Failure | Should -BeNullOrEmpty
        $record.Errors.Count | Should -Be 1
        $record.Errors[0].FullyQualifiedErrorId | Should -BeLike 'RepositoryInvalid,*'
        $record.Errors[0].TargetObject | Should -BeExactly 'app'
        $record.Output.Count | Should -Be 31
        $stub.Requests.Count | Should -Be 1
    }

    It 'one of several repositories on the command line' {
        $record = Invoke-Recorded { Get-CrRepoTag -Repository team/app, app }
        $record.Failure.TargetObject | Should -BeExactly 'app'
        $stub.Requests.Count | Should -Be 0
    }

    It 'a -Repository that is <Case>' -ForEach @(
        @{ Case = 'empty'; Value = '' }
        @{ Case = 'null'; Value = $null }
        @{ Case = 'an empty list'; Value = @() }
    ) {
        $record = Invoke-Recorded { Get-CrRepoTag -Repository $Value }
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'RepositoryMissing,*'
        "$($record.Failure)" | Should -BeLike '*namespace/name*crr-*'
        $stub.Requests.Count | Should -Be 0
    }

    It 'an empty item in the pipeline, with an error of only that item' {
        $record = Invoke-Recorded { $null, 'crr-app' | Get-CrRepoTag -PageSize 50 }
        $record.Failure | Should -BeNullOrEmpty
        $record.Errors.Count | Should -Be 1
        $record.Errors[0].FullyQualifiedErrorId | Should -BeLike 'RepositoryMissing,*'
        $record.Output.Count | Should -Be 31
    }

    It 'a -RepoId that is <Case>' -ForEach @(
        @{ Case = 'empty'; Text = '' }
        @{ Case = 'null'; Text = $null }
        @{ Case = 'a name'; Text = 'team/app' }
        @{ Case = 'blank'; Text = ' ' }
    ) {
        $record = Invoke-Recorded { Get-CrRepoTag -RepoId $Text }
        $record.Failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        "$($record.Failure)" | Should -BeLike '*Id*'
        $stub.Requests.Count | Should -Be 0
    }

    It 'a missing instance' {
        $context = New-StubContext -Stub $stub
        $record = Invoke-Recorded { Get-CrRepoTag team/app -RegionId cn-shanghai -Context $context }
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'InstanceIdMissing,*'
        "$($record.Failure)" | Should -BeLike '*-InstanceId*Connect-CrRegistry*'
        $stub.Requests.Count | Should -Be 0
    }
}

Describe 'Connect-CrRegistry rejects' {
    BeforeEach {
        $stub = New-StubService
        Connect-StubService -Stub $stub
    }

    It '<Case>, and does not change the session' -ForEach @(
        @{ Case = 'a region with a slash'; Given = @{ RegionId = 'cn/shanghai' }; Says = '*RegionId*cn-shanghai*' }
        @{ Case = 'a region with a space'; Given = @{ RegionId = 'cn shanghai' }; Says = '*RegionId*cn-shanghai*' }
        @{ Case = 'a region with an @'; Given = @{ RegionId = 'cn@shanghai' }; Says = '*RegionId*cn-shanghai*' }
        @{ Case = 'an empty region'; Given = @{ RegionId = '' }; Says = '*RegionId*empty*' }
        @{ Case = 'an instance that is not valid'; Given = @{ InstanceId = 'registry' }; Says = '*InstanceId*cri-*' }
        @{ Case = 'an empty instance'; Given = @{ InstanceId = '' }; Says = '*InstanceId*cri-*' }
        @{ Case = 'an instance with a line end'; Given = @{ InstanceId = "cri-test`n" }; Says = '*InstanceId*' }
        @{ Case = 'an endpoint with user information'; Given = @{ Endpoint = 'https://someone:pass-phrase@registry.example' }; Says = '*Endpoint*user information*' }
        @{ Case = 'an endpoint with a path'; Given = @{ Endpoint = 'https://registry.example/v2' }; Says = '*Endpoint*host and a port*' }
        @{ Case = 'http that is not loopback'; Given = @{ Endpoint = 'http://registry.example' }; Says = '*Endpoint*loopback*' }
        @{ Case = 'an endpoint with -Vpc'; Given = @{ Endpoint = 'https://registry.example'; Vpc = $true }; Says = '*-Vpc*-Endpoint*' }
        @{ Case = 'a limit of 0'; Given = @{ ThrottleLimit = 0 }; Says = '*ThrottleLimit*1*' }
        @{ Case = 'a limit of 65'; Given = @{ ThrottleLimit = 65 }; Says = '*ThrottleLimit*64*' }
    ) {
        $before = Get-CrContext
        $record = Invoke-Recorded { Connect-CrRegistry @Given }
        $record.Failure.CategoryInfo.Category | Should -BeIn 'InvalidArgument', 'InvalidData'
        "$($record.Failure)" | Should -BeLike $Says
        "$($record.Failure)" | Should -Not -BeLike '*pass-phrase*'
        Get-CrContext | Should -Be $before
        $stub.Requests.Count | Should -Be 0
    }

    It 'a key ID without a secret' {
        $record = Invoke-Recorded { Connect-CrRegistry -Credential (New-TestCredential -AccessKeySecret '') }
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'AccessKeySecretMissing,*'
        "$($record.Failure)" | Should -BeLike "*secret*'test-key-id'*-Credential*"
    }

    It 'a security token without a key' {
        $record = Invoke-Recorded { Connect-CrRegistry -SecurityToken (ConvertTo-TestSecret -Text 'test-token') }
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'CredentialMissing,*'
        "$($record.Failure)" | Should -Not -BeLike '*test-token*'
    }

    It 'an empty security token' {
        $record = Invoke-Recorded { Connect-CrRegistry -Credential (New-TestCredential) -SecurityToken (ConvertTo-TestSecret -Text '') }
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'SecurityTokenMissing,*'
    }
}
