# The output of Get-CrRepoTag -Tag, and its objects.

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support/TestSupport.psm1" -Force
    Import-ModuleUnderTest
}

AfterAll { Disconnect-CrRegistry }

Describe 'Get-CrRepoTag -Tag' {
    BeforeEach {
        $stub = New-StubService -Tags 250
        Connect-StubService -Stub $stub
    }

    It 'looks up a name with GetRepoTag, and lists nothing' {
        $record = Invoke-Recorded { Get-CrRepoTag crr-app -Tag v249 }
        "$($record.Output.Tag)" | Should -BeExactly 'v249'
        $record.Warnings | Should -BeNullOrEmpty
        $stub.Requests.Count | Should -Be 1
        $stub.Requests[0].Action | Should -BeExactly 'GetRepoTag'
        $stub.Requests[0].Query['Tag'] | Should -BeExactly 'v249'
    }

    It 'returns the same tag for a lookup and for a list' {
        $listed = Get-CrRepoTag team/app -First 1
        $lookedUp = Get-CrRepoTag team/app -Tag v0
        ($lookedUp | ConvertTo-Json) | Should -BeExactly ($listed | ConvertTo-Json)
    }

    It 'returns several names in their order' {
        "$((Get-CrRepoTag crr-app -Tag v7, v3, v240).Tag)" | Should -BeExactly 'v7 v3 v240'
        $stub.RequestsOf('GetRepoTag').Count | Should -Be 3
        $stub.RequestsOf('ListRepoTag').Count | Should -Be 0
    }

    It 'looks up <Names> names by <Action>' -ForEach @(
        @{ Names = 20; Action = 'GetRepoTag'; Requests = 20 }
        # Three pages, and both ends once more.
        @{ Names = 21; Action = 'ListRepoTag'; Requests = 5 }
    ) {
        $wanted = 0..($Names - 1) | ForEach-Object { "v$($_ * 10)" }
        $record = Invoke-Recorded { Get-CrRepoTag crr-app -Tag $wanted }
        $record.Errors | Should -BeNullOrEmpty
        "$($record.Output.Tag | Sort-Object)" | Should -BeExactly "$($wanted | Sort-Object)"
        $stub.Requests.Count | Should -Be $Requests
        @($stub.Requests.Action | Select-Object -Unique) | Should -BeExactly $Action
    }

    It 'reports one missing name with an error, and returns the others (<Case>)' -ForEach @(
        @{ Case = 'looked up'; Names = @('v1', 'gone', 'v2'); Expected = 2 }
        @{ Case = 'listed'; Names = @('gone') + (0..19 | ForEach-Object { "v$_" }); Expected = 20 }
    ) {
        $record = Invoke-Recorded { Get-CrRepoTag team/app -Tag $Names }
        $record.Failure | Should -BeNullOrEmpty
        $record.Output.Count | Should -Be $Expected
        $record.Errors.Count | Should -Be 1
        $record.Errors[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $record.Errors[0].FullyQualifiedErrorId | Should -BeLike 'TagNotFound,*'
        $record.Errors[0].TargetObject | Should -BeExactly 'gone'
        "$($record.Errors[0])" | Should -BeLike "*'team/app'*'gone'*"
    }

    It 'is case-sensitive: V1 is not v1 (<Case>)' -ForEach @(
        @{ Case = 'a name'; Tag = 'V1'; Errors = 1 }
        @{ Case = 'a wildcard'; Tag = 'V1*'; Errors = 0 }
    ) {
        $record = Invoke-Recorded { Get-CrRepoTag team/app -Tag $Tag }
        $record.Output | Should -BeNullOrEmpty
        $record.Errors.Count | Should -Be $Errors
    }

    It 'reads all pages for a wildcard, without a warning' {
        $record = Invoke-Recorded { Get-CrRepoTag crr-app -Tag 'v?4?' }
        "$($record.Output.Tag)" | Should -BeExactly 'v140 v141 v142 v143 v144 v145 v146 v147 v148 v149 v240 v241 v242 v243 v244 v245 v246 v247 v248 v249'
        $record.Warnings | Should -BeNullOrEmpty
        $stub.RequestsOf('ListRepoTag') | ForEach-Object { $_.Query['PageNo'] } | Select-Object -Unique | Should -BeExactly '1', '3', '2'
    }

    It 'returns nothing and no error for a wildcard without matches' {
        $record = Invoke-Recorded { Get-CrRepoTag team/app -Tag 'release-*' }
        $record.Output | Should -BeNullOrEmpty
        $record.Errors | Should -BeNullOrEmpty
    }

    It 'combines names and wildcards, returns each tag once, and reports the missing name' {
        $record = Invoke-Recorded { Get-CrRepoTag team/app -Tag 'v12?', v120, v3, gone }
        "$($record.Output.Tag)" | Should -BeExactly 'v3 v120 v121 v122 v123 v124 v125 v126 v127 v128 v129'
        $record.Errors.Count | Should -Be 1
        $record.Errors[0].TargetObject | Should -BeExactly 'gone'
    }

    It 'counts matches for -First and -Skip' {
        "$((Get-CrRepoTag team/app -Tag 'v*5' -Skip 1 -First 3).Tag)" | Should -BeExactly 'v15 v25 v35'
    }

    It 'is an error for an incomplete list, because a match may be missing' {
        $stub.Repository.TotalCountJson = '"260"'
        $record = Invoke-Recorded { Get-CrRepoTag team/app -Tag 'v24*' }
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'IncompleteListing,*'
    }
}

Describe 'An ImageTag' {
    BeforeEach {
        $stub = New-StubService -Tags 3
        Connect-StubService -Stub $stub
    }

    It 'has every documented field, and its repository, instance and region (<Case>)' -ForEach @(
        @{ Case = 'numbers in quotes'; BareNumbers = $false }
        @{ Case = 'bare numbers'; BareNumbers = $true }
    ) {
        $stub.Repository.BareNumbers = $BareNumbers
        $fields = $stub.Repository.Rows[0].Fields
        $fields['Digest'] = '67bfbcc12b67936ec7f867927817cbb071832b873dbcaed312a1930ba5f1d529'
        $fields['ImageId'] = '45023655bf39c382e26a8607d057c27871de2118e163c1ecf48cc1ebf2a19468'
        $fields['ImageCreate'] = '1572839125000'
        $fields['ImageUpdate'] = '1572875608000'
        $tag = Get-CrRepoTag team/app -First 1
        $tag | Should -BeOfType [CrRegistry.ImageTag]
        $tag.Tag | Should -BeExactly 'v0'
        $tag.Digest | Should -BeExactly '67bfbcc12b67936ec7f867927817cbb071832b873dbcaed312a1930ba5f1d529'
        $tag.ImageId | Should -BeExactly '45023655bf39c382e26a8607d057c27871de2118e163c1ecf48cc1ebf2a19468'
        $tag.Status | Should -BeExactly 'NORMAL'
        $tag.ImageSize | Should -Be 27107966
        $tag.ImageSize | Should -BeOfType [long]
        $tag.ImageCreate.ToUniversalTime().ToString('o') | Should -BeExactly '2019-11-04T03:45:25.0000000Z'
        $tag.ImageUpdate.ToUniversalTime().ToString('o') | Should -BeExactly '2019-11-04T13:53:28.0000000Z'
        $tag.InstanceId | Should -BeExactly 'cri-test'
        $tag.RegionId | Should -BeExactly 'cn-shanghai'
        $tag.RepoId | Should -BeExactly 'crr-app'
        $tag.RepoNamespaceName | Should -BeExactly 'team'
        $tag.RepoName | Should -BeExactly 'app'
    }

    It 'is converted to its name' {
        "$(Get-CrRepoTag crr-app -First 1)" | Should -BeExactly 'v0'
    }

    It 'shows nothing of its listing' {
        (Get-CrRepoTag crr-app -First 1).PSObject.Properties.Name | Should -Not -Contain 'Origin'
        Get-CrRepoTag crr-app -First 1 | ConvertTo-Json | Should -Not -BeLike '*Origin*'
    }

    It 'has local times, which can be compared with Get-Date' {
        $recently = [DateTimeOffset]::UtcNow.AddDays(-10).ToUnixTimeMilliseconds()
        $stub.Repository.Rows[0].Fields['ImageUpdate'] = "$recently"
        $tag = @(Get-CrRepoTag crr-app)[0]
        $tag.ImageUpdate.Kind | Should -Be 'Local'
        $tag.ImageUpdate -lt (Get-Date).AddDays(-9) | Should -BeTrue
        $tag.ImageUpdate -gt (Get-Date).AddDays(-11) | Should -BeTrue
        (Get-Date).AddDays(-9) -gt $tag.ImageUpdate | Should -BeTrue
        (Get-Date).AddDays(-11) -lt $tag.ImageUpdate | Should -BeTrue
        (Get-Date) - $tag.ImageUpdate | Should -BeOfType [timespan]
    }

    It 'has null for a field that is <Case>' -ForEach @(
        @{ Case = 'omitted' }
        @{ Case = 'null' }
        @{ Case = 'empty' }
    ) {
        $fields = $stub.Repository.Rows[1].Fields
        foreach ($name in 'Digest', 'ImageId', 'Status', 'ImageSize', 'ImageCreate', 'ImageUpdate') {
            switch ($Case) {
                'omitted' { $null = $fields.Remove($name) }
                'null' { $fields[$name] = $null }
                'empty' { $fields[$name] = '' }
            }
        }
        $record = Invoke-Recorded { Get-CrRepoTag crr-app }
        $record.Errors | Should -BeNullOrEmpty
        $record.Output.Count | Should -Be 3
        foreach ($name in 'Digest', 'ImageId', 'Status', 'ImageSize', 'ImageCreate', 'ImageUpdate') {
            $null -eq $record.Output[1].$name | Should -BeTrue -Because $name
        }
    }

    It 'is read with unknown fields and with numbers as text' {
        $stub.Repository.Rows[0].Fields['Architecture'] = 'amd64'
        $stub.Repository.Rows[0].Fields['ImageSize'] = '27107966'
        (Get-CrRepoTag crr-app -First 1).ImageSize | Should -Be 27107966
    }

    It 'has a digest without sha256:' {
        $stub.Repository.Rows[0].Fields['Digest'] = 'sha256:67bfbcc12b67936ec7f867927817cbb071832b873dbcaed312a1930ba5f1d529'
        (Get-CrRepoTag crr-app -First 1).Digest | Should -BeExactly '67bfbcc12b67936ec7f867927817cbb071832b873dbcaed312a1930ba5f1d529'
    }

    It 'has a region only if it is known' {
        $context = New-StubContext -Stub $stub
        $tag = Get-CrRepoTag crr-app -First 1 -Context $context -InstanceId cri-test -Endpoint https://registry.example
        $null -eq $tag.RegionId | Should -BeTrue
    }

    It 'is a class that a script can use' {
        [CrRegistry.ImageTag]@{ Tag = 'v1'; ImageSize = 5 } | Should -BeOfType [CrRegistry.ImageTag]
    }
}

Describe 'Tags without ImageUpdate' {
    It 'are named in one warning for the whole pipeline' {
        $stub = New-StubService -Tags 150
        $null = $stub.AddRepository('cri-test', 'team/web', 'crr-web', 5)
        $stub.Repository.Rows[3].Fields['ImageUpdate'] = ''
        $stub.Repository.Rows[120].Fields['ImageUpdate'] = ''
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded { 'team/app', 'team/web' | Get-CrRepoTag -All }
        $record.Output.Count | Should -Be 155
        $record.Warnings.Count | Should -Be 1
        $record.Warnings[0] | Should -BeLike "2 of the returned tags*'v3' of 'team/app'*null*"
    }

    It 'include those with the time <Time>' -ForEach @(@{ Time = '0' }, @{ Time = '-1' }, @{ Time = '0.0' }, @{ Time = '1970-01-01T00:00:00Z' }) {
        $stub = New-StubService -Tags 3
        $stub.Repository.Rows[1].Fields['ImageUpdate'] = $Time
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded { Get-CrRepoTag team/app }
        $record.Warnings | Should -BeLike "1 of the returned tags*'v1' of 'team/app'*"
        $old = @($record.Output | Where-Object { $_.ImageUpdate -and $_.ImageUpdate -lt [datetime] '1980-01-01' })
        $old | Should -BeNullOrEmpty
    }

    It 'cause a warning in a part of the list' {
        $stub = New-StubService -Tags 5
        $stub.Repository.Rows[3].Fields['ImageUpdate'] = ''
        Connect-StubService -Stub $stub
        (Invoke-Recorded { Get-CrRepoTag team/app -First 4 }).Warnings.Count | Should -Be 1
        (Invoke-Recorded { Get-CrRepoTag team/app -First 3 }).Warnings.Count | Should -Be 0
        (Invoke-Recorded { Get-CrRepoTag team/app -Tag v3 }).Warnings.Count | Should -Be 1
    }
}
