# The input of Get-CrRepoTag from the pipeline and the command line, and the endpoint that it calls.

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support/TestSupport.psm1" -Force
    Import-ModuleUnderTest

    # The repository of every input. A session has another region and instance, over which the input must take precedence.
    function New-Source {
        param([string] $Kind, [string] $Folder)
        $row = [pscustomobject]@{ RepoId = 'crr-app'; InstanceId = 'cri-test'; RegionId = 'cn-shanghai' }
        switch ($Kind) {
            'pscustomobject' { $row }
            'row of Import-Csv' {
                $row | Export-Csv -Path "$Folder/row.csv" -NoTypeInformation
                Import-Csv -Path "$Folder/row.csv"
            }
            'row of Import-Csv with a tag' {
                $row | Select-Object -Property *, @{ Name = 'Tag'; Expression = { 'v1' } } | Export-Csv -Path "$Folder/row.csv" -NoTypeInformation
                Import-Csv -Path "$Folder/row.csv"
            }
            'object of ConvertFrom-Json' { $row | ConvertTo-Json | ConvertFrom-Json }
            'ImageTag' { New-Object -TypeName CrRegistry.ImageTag -Property @{ Tag = 'v1'; RepoId = 'crr-app'; InstanceId = 'cri-test'; RegionId = 'cn-shanghai' } }
            'Repository' { New-Object -TypeName CrRegistry.Repository -Property @{ RepoId = 'crr-app'; RepoName = 'app'; RepoNamespaceName = 'team'; InstanceId = 'cri-test'; RegionId = 'cn-shanghai' } }
            'deserialized ImageTag' {
                New-Source -Kind ImageTag | Export-Clixml -Path "$Folder/tag.xml"
                Import-Clixml -Path "$Folder/tag.xml"
            }
        }
    }

    function Assert-AskedFor {
        param($Stub, [string] $RegionId = 'cn-shanghai', [string] $InstanceId = 'cri-test', [string] $RepoId = 'crr-app')
        # A tag is looked up. Other objects are listed.
        $request = @($Stub.Requests | Where-Object { $_.Action -in 'ListRepoTag', 'GetRepoTag' })[0]
        $request.Address.Host | Should -BeExactly "cr.$RegionId.aliyuncs.com"
        $request.Query['InstanceId'] | Should -BeExactly $InstanceId
        $request.Query['RepoId'] | Should -BeExactly $RepoId
    }
}

AfterAll { Disconnect-CrRegistry }

Describe 'A <_> in the pipeline' -ForEach @(
    'pscustomobject'
    'row of Import-Csv'
    'row of Import-Csv with a tag'
    'object of ConvertFrom-Json'
    'ImageTag'
    'Repository'
    'deserialized ImageTag'
) {
    BeforeEach {
        $stub = New-StubService -Tags 3
        $source = New-Source -Kind $_ -Folder $TestDrive
        $isTag = $null -ne $source.PSObject.Properties['Tag']
    }

    It 'specifies repository, instance and region if the session has others' {
        Connect-StubService -Stub $stub -RegionId cn-hangzhou -InstanceId cri-session
        $record = Invoke-Recorded { $source | Get-CrRepoTag }
        $record.Failure | Should -BeNullOrEmpty
        $record.Errors | Should -BeNullOrEmpty
        "$($record.Output.Tag)" | Should -BeExactly $(if ($isTag) { 'v1' } else { 'v0 v1 v2' })
        Assert-AskedFor -Stub $stub
    }

    It 'specifies repository, instance and region without a connection' {
        $context = New-StubContext -Stub $stub
        $record = Invoke-Recorded { $source | Get-CrRepoTag -Context $context }
        $record.Failure | Should -BeNullOrEmpty
        $record.Errors | Should -BeNullOrEmpty
        "$($record.Output.Tag)" | Should -BeExactly $(if ($isTag) { 'v1' } else { 'v0 v1 v2' })
        Assert-AskedFor -Stub $stub
    }

    It 'is overridden by -InstanceId and -RegionId of the command line' {
        $null = $stub.AddRepository('cri-other', 'team/app', 'crr-app', 2)
        Connect-StubService -Stub $stub -RegionId cn-hangzhou -InstanceId cri-session
        $record = Invoke-Recorded { $source | Get-CrRepoTag -InstanceId cri-other -RegionId cn-beijing }
        "$($record.Output.Tag)" | Should -BeExactly $(if ($isTag) { 'v1' } else { 'v0 v1' })
        Assert-AskedFor -Stub $stub -InstanceId cri-other -RegionId cn-beijing
    }

    It 'is complete with -All' {
        $stub = New-StubService -Tags 150
        $context = New-StubContext -Stub $stub
        @($source | Get-CrRepoTag -All -Context $context).Count | Should -Be $(if ($isTag) { 1 } else { 150 })
    }
}

Describe 'A string in the pipeline' {
    BeforeEach { $stub = New-StubService -Tags 3 }

    It 'is <Case>, with instance and region of the session' -ForEach @(
        @{ Case = 'namespace/name'; Text = 'team/app' }
        @{ Case = 'an ID'; Text = 'crr-app' }
    ) {
        Connect-StubService -Stub $stub
        "$(($Text | Get-CrRepoTag).Tag)" | Should -BeExactly 'v0 v1 v2'
        Assert-AskedFor -Stub $stub
    }

    It 'is <Case>, with instance and region of the command line without a connection' -ForEach @(
        @{ Case = 'namespace/name'; Text = 'team/app' }
        @{ Case = 'an ID'; Text = 'crr-app' }
    ) {
        $context = New-StubContext -Stub $stub
        "$(($Text | Get-CrRepoTag -Context $context -InstanceId cri-test -RegionId cn-shanghai).Tag)" | Should -BeExactly 'v0 v1 v2'
        Assert-AskedFor -Stub $stub
    }

    It 'looks up the ID of a name once in a session' {
        Connect-StubService -Stub $stub
        $null = 'team/app', 'team/app' | Get-CrRepoTag -ThrottleLimit 1
        $null = Get-CrRepoTag team/app
        $stub.RequestsOf('GetRepository').Count | Should -Be 1
        $stub.RequestsOf('GetRepository')[0].Query['RepoNamespaceName'] | Should -BeExactly 'team'
        $stub.RequestsOf('GetRepository')[0].Query['RepoName'] | Should -BeExactly 'app'
    }

    It 'looks up the ID again if the repository was deleted and created again' {
        Connect-StubService -Stub $stub
        $null = Get-CrRepoTag team/app
        $stub.Repository.RepoId = 'crr-anew'
        $record = Invoke-Recorded { Get-CrRepoTag team/app }
        $record.Errors | Should -BeNullOrEmpty
        $record.Output[0].RepoId | Should -BeExactly 'crr-anew'
    }
}

Describe 'The command line' {
    BeforeEach {
        $stub = New-StubService -Tags 3
        $null = $stub.AddRepository('cri-test', 'team/web', 'crr-web', 2)
        Connect-StubService -Stub $stub
    }

    It 'accepts a repository at position 0 and a tag at position 1' {
        "$((Get-CrRepoTag team/app v1).Tag)" | Should -BeExactly 'v1'
    }

    It 'accepts several repositories, and lists them in that order' {
        "$((Get-CrRepoTag team/web, crr-app).RepoId)" | Should -BeExactly 'crr-web crr-web crr-app crr-app crr-app'
    }

    It 'accepts -RepoId' {
        "$((Get-CrRepoTag -RepoId crr-web).Tag)" | Should -BeExactly 'v0 v1'
    }

    It 'accepts a repository name with slashes' {
        $null = $stub.AddRepository('cri-test', 'team/tools/builder', 'crr-builder', 1)
        (Get-CrRepoTag team/tools/builder).RepoId | Should -BeExactly 'crr-builder'
        $stub.RequestsOf('GetRepository')[0].Query['RepoName'] | Should -BeExactly 'tools/builder'
    }

    It 'sends requests to -Endpoint instead of the endpoint of the region' {
        $null = Get-CrRepoTag crr-app -Endpoint https://registry.example:8443
        $stub.Requests[0].Address.Authority | Should -BeExactly 'registry.example:8443'
    }

    It 'sends requests to the endpoint inside the VPC if the session specifies it' {
        Connect-CrRegistry cn-shanghai cri-test -Vpc -Credential (New-TestCredential) -HttpMessageHandler $stub
        $null = Get-CrRepoTag crr-app
        $stub.Requests[0].Address.Host | Should -BeExactly 'cr-vpc.cn-shanghai.aliyuncs.com'
    }
}

Describe 'Properties of a piped object' {
    BeforeEach {
        $stub = New-StubService -Tags 3
        Connect-StubService -Stub $stub
    }

    It 'are ignored if they are <Case>' -ForEach @(
        @{ Case = 'empty'; Value = '' }
        @{ Case = 'null'; Value = $null }
    ) {
        $record = Invoke-Recorded { [pscustomobject]@{ RepoId = 'crr-app'; InstanceId = $Value; RegionId = $Value } | Get-CrRepoTag }
        $record.Errors | Should -BeNullOrEmpty
        $record.Output.Count | Should -Be 3
        Assert-AskedFor -Stub $stub
    }

    It 'do not affect the next object' {
        $null = $stub.AddRepository('cri-other', 'team/app', 'crr-app', 1)
        $objects = [pscustomobject]@{ RepoId = 'crr-app'; InstanceId = 'cri-other'; RegionId = 'cn-beijing' }, [pscustomobject]@{ RepoId = 'crr-app' }
        $tags = $objects | Get-CrRepoTag
        "$($tags.InstanceId)" | Should -BeExactly 'cri-other cri-test cri-test cri-test'
        "$($tags.RegionId)" | Should -BeExactly 'cn-beijing cn-shanghai cn-shanghai cn-shanghai'
    }

    It 'fail only for their own object if RepoId is <Case>' -ForEach @(
        @{ Case = 'empty'; Value = ''; ErrorId = 'RepoIdMissing' }
        # The engine does not bind null by property name. It binds the text of the object as the repository instead.
        @{ Case = 'null'; Value = $null; ErrorId = 'RepositoryInvalid' }
        @{ Case = 'no ID'; Value = 'app'; ErrorId = 'RepositoryInvalid' }
    ) {
        $objects = [pscustomobject]@{ RepoId = $Value }, [pscustomobject]@{ RepoId = 'crr-app' }
        $record = Invoke-Recorded { $objects | Get-CrRepoTag }
        $record.Failure | Should -BeNullOrEmpty
        $record.Errors.Count | Should -Be 1
        $record.Errors[0].FullyQualifiedErrorId | Should -BeLike "$ErrorId,*"
        $record.Output.Count | Should -Be 3
        $stub.Requests.Count | Should -Be 1
    }

    It 'never set the endpoint, the context, the paging or the limit' {
        $other = New-StubService -Tags 1
        $object = [pscustomobject]@{
            RepoId        = 'crr-app'
            Endpoint      = 'https://elsewhere.example'
            Context       = New-StubContext -Stub $other
            All           = $true
            PageNo        = 2
            PageSize      = 1
            First         = 1
            Skip          = 1
            ThrottleLimit = 64
        }
        Connect-StubService -Stub $stub
        "$(($object | Get-CrRepoTag).Tag)" | Should -BeExactly 'v0 v1 v2'
        $other.Requests.Count | Should -Be 0
        $stub.Requests.Count | Should -Be 1
        $stub.Requests[0].Query['PageNo'] | Should -BeExactly '1'
        $stub.Requests[0].Query['PageSize'] | Should -BeExactly '30'
        Assert-AskedFor -Stub $stub
    }

    It 'without a RepoId are an error of only that object' {
        $record = Invoke-Recorded { [pscustomobject]@{ Name = 'app' }, 'crr-app' | Get-CrRepoTag }
        $record.Failure | Should -BeNullOrEmpty
        $record.Errors.Count | Should -Be 1
        $record.Errors[0].FullyQualifiedErrorId | Should -BeLike 'RepositoryInvalid,*'
        $record.Output.Count | Should -Be 3
    }
}

Describe 'A tag of a listing in the pipeline' {
    It 'is looked up in its own repository' {
        $stub = New-StubService -Tags 3
        Connect-StubService -Stub $stub
        $tags = Get-CrRepoTag team/app v1 | Get-CrRepoTag
        "$($tags.Tag)" | Should -BeExactly 'v1'
    }
}
