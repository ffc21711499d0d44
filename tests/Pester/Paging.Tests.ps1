# The output of the paging parameters, and the number of requests.

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support/TestSupport.psm1" -Force
    Import-ModuleUnderTest

    function Get-ExpectedTag {
        param([int] $From, [int] $Count)
        for ($number = $From; $number -lt $From + $Count; $number++) { "v$number" }
    }

    # Texts and not lists are compared, because Pester would show thousands of names on a failure.
    function Join-Tag {
        param([object[]] $Tag)
        $Tag -join ' '
    }
}

AfterAll { Disconnect-CrRegistry }

Describe 'Get-CrRepoTag -All' {
    It 'returns <Tags> tags, each once, in the order of the service, in <Requests> listing requests' -ForEach @(
        @{ Tags = 0; Requests = 1 }
        @{ Tags = 1; Requests = 1 }
        @{ Tags = 30; Requests = 1 }
        @{ Tags = 31; Requests = 1 }
        @{ Tags = 99; Requests = 1 }
        # A full last page needs a further request that proves the end.
        @{ Tags = 100; Requests = 2 }
        # Each page, and both ends again.
        @{ Tags = 101; Requests = 4 }
        @{ Tags = 200; Requests = 5 }
        @{ Tags = 2501; Requests = 28 }
    ) {
        $stub = New-StubService -Tags $Tags
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded { Get-CrRepoTag crr-app -All }
        $record.Failure | Should -BeNullOrEmpty
        $record.Errors | Should -BeNullOrEmpty
        $record.Warnings | Should -BeNullOrEmpty
        Join-Tag $record.Output.Tag | Should -BeExactly (Join-Tag (Get-ExpectedTag -From 0 -Count $Tags))
        $stub.RequestsOf('ListRepoTag').Count | Should -Be $Requests
    }

    It 'requests 100 tags at once' {
        $stub = New-StubService -Tags 250
        Connect-StubService -Stub $stub
        $null = Get-CrRepoTag crr-app -All
        @($stub.RequestsOf('ListRepoTag') | ForEach-Object { $_.Query['PageSize'] } | Select-Object -Unique) | Should -BeExactly '100'
    }

    It 'requests as many tags at once as -PageSize specifies' {
        $stub = New-StubService -Tags 101
        Connect-StubService -Stub $stub
        $tags = Get-CrRepoTag crr-app -All -PageSize 20
        $tags.Count | Should -Be 101
        $stub.RequestsOf('ListRepoTag').Count | Should -Be 8
        @($stub.RequestsOf('ListRepoTag') | ForEach-Object { $_.Query['PageSize'] } | Select-Object -Unique) | Should -BeExactly '20'
    }

    It 'uses the PageSize of the reply' {
        $stub = New-StubService -Tags 250
        $stub.Repository.LargestPageSize = 40
        Connect-StubService -Stub $stub
        Join-Tag (Get-CrRepoTag crr-app -All).Tag | Should -BeExactly (Join-Tag (Get-ExpectedTag -From 0 -Count 250))
        # Page 1 again with that size, 6 more pages, and both ends again.
        $stub.RequestsOf('ListRepoTag').Count | Should -Be 10
    }

    It 'reads to an empty page if the service returns <Case>' -ForEach @(
        @{ Case = 'no TotalCount'; Json = '' }
        @{ Case = 'an empty TotalCount'; Json = '""' }
        @{ Case = 'a TotalCount that is not a number'; Json = '"many"' }
    ) {
        $stub = New-StubService -Tags 200
        $stub.Repository.TotalCountJson = $Json
        $stub.Repository.HasNoTotalCount = $Json -eq ''
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded { Get-CrRepoTag crr-app -All }
        $record.Failure | Should -BeNullOrEmpty
        Join-Tag $record.Output.Tag | Should -BeExactly (Join-Tag (Get-ExpectedTag -From 0 -Count 200))
        # Twice, because without a count only a second reading shows missing tags. It has smaller pages, and so one more.
        $stub.RequestsOf('ListRepoTag').Count | Should -Be 7
    }

    It 'reads a TotalCount without quotes like one in quotes' {
        $stub = New-StubService -Tags 150
        $stub.Repository.BareNumbers = $true
        Connect-StubService -Stub $stub
        (Get-CrRepoTag crr-app -All).Count | Should -Be 150
        $stub.RequestsOf('ListRepoTag').Count | Should -Be 4
    }

    It 'keeps the order of the service if later pages are requested before earlier ones are received' {
        $stub = New-StubService -Tags 1000
        Connect-StubService -Stub $stub
        # Page 1 is read first, then the last one alone.
        $stub.Hold('ListRepoTag', 2, 9)
        $shell = New-ModuleShell
        try {
            $listing = $shell.AddScript('Get-CrRepoTag crr-app -All').BeginInvoke()
            # Both, and the eight others before any of them has a reply.
            $stub.WaitForRequests(10)
            $stub.Release()
            $tags = $shell.EndInvoke($listing)
        }
        finally {
            $stub.Release()
            $shell.Dispose()
        }
        Join-Tag @($tags).Tag | Should -BeExactly (Join-Tag (Get-ExpectedTag -From 0 -Count 1000))
    }

    It 'has as many requests in flight as <Whose> ThrottleLimit of <Limit> allows' -ForEach @(
        @{ Whose = 'its own'; Own = '-ThrottleLimit 1'; OfSession = 5; Limit = 1 }
        @{ Whose = 'its own'; Own = '-ThrottleLimit 3'; OfSession = 10; Limit = 3 }
        @{ Whose = 'the session''s'; Own = ''; OfSession = 4; Limit = 4 }
    ) {
        $stub = New-StubService -Tags 995
        Connect-CrRegistry cn-shanghai cri-test -ThrottleLimit $OfSession -Credential (New-TestCredential) -HttpMessageHandler $stub
        # Page 1 and the last one, which is not full, are read before the others.
        $stub.Hold('ListRepoTag', 2, 9)
        $shell = New-ModuleShell
        try {
            $listing = $shell.AddScript("Get-CrRepoTag crr-app -All $Own").BeginInvoke()
            $stub.WaitForRequests(2 + $Limit)
            $stub.Release()
            @($shell.EndInvoke($listing)).Count | Should -Be 995
        }
        finally {
            $stub.Release()
            $shell.Dispose()
        }
        $stub.MostInFlight | Should -Be $Limit
    }
}

Describe 'Get-CrRepoTag without -All' {
    It 'returns the first 30 of 31 tags and warns once, with the total and the name of -All' {
        $stub = New-StubService -Tags 31
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded { Get-CrRepoTag team/app }
        Join-Tag $record.Output.Tag | Should -BeExactly (Join-Tag (Get-ExpectedTag -From 0 -Count 30))
        $record.Warnings.Count | Should -Be 1
        $record.Warnings[0] | Should -BeLike "*'team/app' (30 of 31 tags)*-All*"
        $stub.RequestsOf('ListRepoTag').Count | Should -Be 1
    }

    It 'returns <Expected> of <Tags> tags without a warning' -ForEach @(
        @{ Tags = 0; Expected = 0 }
        @{ Tags = 1; Expected = 1 }
        @{ Tags = 30; Expected = 30 }
    ) {
        Connect-StubService -Stub (New-StubService -Tags $Tags)
        $record = Invoke-Recorded { Get-CrRepoTag team/app }
        $record.Output.Count | Should -Be $Expected
        $record.Warnings | Should -BeNullOrEmpty
        $record.Errors | Should -BeNullOrEmpty
    }

    It 'warns with -PageSize 50 of <Tags> tags: <Warned>' -ForEach @(
        @{ Tags = 50; Warned = $false }
        @{ Tags = 51; Warned = $true }
    ) {
        $stub = New-StubService -Tags $Tags
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded { Get-CrRepoTag team/app -PageSize 50 }
        $record.Output.Count | Should -Be 50
        $record.Warnings.Count | Should -Be ([int] $Warned)
        $stub.RequestsOf('ListRepoTag')[0].Query['PageSize'] | Should -BeExactly '50'
    }

    It 'names all incomplete repositories in one warning' {
        $stub = New-StubService -Tags 31
        $null = $stub.AddRepository('cri-test', 'team/web', 'crr-web', 77)
        $null = $stub.AddRepository('cri-test', 'team/small', 'crr-small', 2)
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded { 'team/app', 'team/web', 'team/small' | Get-CrRepoTag }
        $record.Output.Count | Should -Be 62
        $record.Warnings.Count | Should -Be 1
        $record.Warnings[0] | Should -BeLike '*30 of 31 tags*30 of 77 tags*'
        $record.Warnings[0] | Should -Not -BeLike '*team/small*'
    }

    It 'warns if the service returns fewer tags than requested, and no total' {
        $stub = New-StubService -Tags 31
        $stub.Repository.LargestPageSize = 20
        $stub.Repository.HasNoTotalCount = $true
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded { Get-CrRepoTag team/app }
        $record.Output.Count | Should -Be 20
        $record.Warnings.Count | Should -Be 1
        $record.Warnings[0] | Should -BeLike '*no valid TotalCount*-All*'
    }

    It 'does not warn of a page that is not full if the service returns no total' {
        $stub = New-StubService -Tags 29
        $stub.Repository.HasNoTotalCount = $true
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded { Get-CrRepoTag team/app }
        $record.Output.Count | Should -Be 29
        $record.Warnings | Should -BeNullOrEmpty
    }
}

Describe 'Get-CrRepoTag -PageNo' {
    It 'returns that page without a warning' {
        $stub = New-StubService -Tags 100
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded { Get-CrRepoTag team/app -PageNo 2 -PageSize 40 }
        Join-Tag $record.Output.Tag | Should -BeExactly (Join-Tag (Get-ExpectedTag -From 40 -Count 40))
        $record.Warnings | Should -BeNullOrEmpty
        $stub.RequestsOf('ListRepoTag').Count | Should -Be 1
        $stub.RequestsOf('ListRepoTag')[0].Query['PageNo'] | Should -BeExactly '2'
    }

    It 'returns pages of 30 without -PageSize' {
        Connect-StubService -Stub (New-StubService -Tags 100)
        Join-Tag (Get-CrRepoTag team/app -PageNo 4).Tag | Should -BeExactly (Join-Tag (Get-ExpectedTag -From 90 -Count 10))
    }

    It 'returns nothing past the end, without error and warning, if the service returns <Case>' -ForEach @(
        @{ Case = 'an empty list'; Body = '' }
        @{ Case = 'null for Images'; Body = '{"IsSuccess":true,"Code":"success","PageNo":99,"PageSize":30,"TotalCount":"31","Images":null}' }
        @{ Case = 'no Images'; Body = '{"IsSuccess":true,"Code":"success","PageNo":99,"PageSize":30,"TotalCount":"31"}' }
    ) {
        $stub = New-StubService -Tags 31
        if ($Body) { $stub.Answer('ListRepoTag', 99, 200, 'application/json', $Body) }
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded { Get-CrRepoTag team/app -PageNo 99 }
        $record.Output | Should -BeNullOrEmpty
        $record.Errors | Should -BeNullOrEmpty
        $record.Warnings | Should -BeNullOrEmpty
        $record.Failure | Should -BeNullOrEmpty
    }
}

Describe 'Get-CrRepoTag -First and -Skip' {
    It '-First <First> of 2501 tags costs <Requests> listing requests' -ForEach @(
        @{ First = 1; Requests = 1 }
        @{ First = 3; Requests = 1 }
        @{ First = 100; Requests = 1 }
        @{ First = 101; Requests = 2 }
        @{ First = 250; Requests = 3 }
    ) {
        $stub = New-StubService -Tags 2501
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded { Get-CrRepoTag crr-app -First $First }
        Join-Tag $record.Output.Tag | Should -BeExactly (Join-Tag (Get-ExpectedTag -From 0 -Count $First))
        $record.Warnings | Should -BeNullOrEmpty
        $stub.Requests.Count | Should -Be $Requests
    }

    It '-First beyond the end returns all tags' {
        Connect-StubService -Stub (New-StubService -Tags 120)
        $record = Invoke-Recorded { Get-CrRepoTag team/app -First 500 }
        $record.Output.Count | Should -Be 120
        $record.Failure | Should -BeNullOrEmpty
    }

    It '-Skip 150 -First 5 returns v150 to v154, for one page and the page before it' {
        $stub = New-StubService -Tags 250
        Connect-StubService -Stub $stub
        Join-Tag (Get-CrRepoTag team/app -Skip 150 -First 5).Tag | Should -BeExactly 'v150 v151 v152 v153 v154'
        $stub.RequestsOf('ListRepoTag').Count | Should -Be 2
    }

    It '-Skip 98 -First 5 crosses from one page to the next' {
        Connect-StubService -Stub (New-StubService -Tags 250)
        Join-Tag (Get-CrRepoTag team/app -Skip 98 -First 5).Tag | Should -BeExactly 'v98 v99 v100 v101 v102'
    }

    It '-Skip 150 -First 5 returns the same if the service returns smaller pages than requested' {
        $stub = New-StubService -Tags 250
        $stub.Repository.LargestPageSize = 40
        Connect-StubService -Stub $stub
        Join-Tag (Get-CrRepoTag team/app -Skip 150 -First 5).Tag | Should -BeExactly 'v150 v151 v152 v153 v154'
    }

    It '-Skip alone returns the rest' {
        $stub = New-StubService -Tags 250
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded { Get-CrRepoTag team/app -Skip 120 }
        Join-Tag $record.Output.Tag | Should -BeExactly (Join-Tag (Get-ExpectedTag -From 120 -Count 130))
        $record.Warnings | Should -BeNullOrEmpty
        $stub.RequestsOf('ListRepoTag').Count | Should -Be 3
    }

    It '-Skip past the end returns nothing and no error' {
        Connect-StubService -Stub (New-StubService -Tags 250)
        $record = Invoke-Recorded { Get-CrRepoTag team/app -Skip 1000 }
        $record.Output | Should -BeNullOrEmpty
        $record.Errors | Should -BeNullOrEmpty
        $record.Failure | Should -BeNullOrEmpty
    }

    It '-First counts for each repository' {
        $stub = New-StubService -Tags 31
        $null = $stub.AddRepository('cri-test', 'team/web', 'crr-web', 77)
        Connect-StubService -Stub $stub
        $tags = 'team/app', 'team/web' | Get-CrRepoTag -First 2
        Join-Tag ($tags | ForEach-Object { "$($_.RepoName):$_" }) | Should -BeExactly 'app:v0 app:v1 web:v0 web:v1'
    }

    It '-First 0 sends no request' {
        $stub = New-StubService -Tags 31
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded { Get-CrRepoTag team/app -First 0 }
        $record.Output | Should -BeNullOrEmpty
        $record.Errors | Should -BeNullOrEmpty
        $stub.Requests.Count | Should -Be 0
    }
}

Describe 'Get-CrRepoTag -IncludeTotalCount' {
    It 'returns the count first, then the tags' {
        Connect-StubService -Stub (New-StubService -Tags 250)
        $given = @(Get-CrRepoTag team/app -All -IncludeTotalCount)
        $given.Count | Should -Be 251
        $given[0] | Should -BeOfType [uint64]
        $given[0] | Should -Be 250
        $given[1].Tag | Should -BeExactly 'v0'
    }

    It '-First 0 -IncludeTotalCount sends one request of one row, and returns only the count' {
        $stub = New-StubService -Tags 250
        Connect-StubService -Stub $stub
        $given = @(Get-CrRepoTag crr-app -First 0 -IncludeTotalCount)
        $given.Count | Should -Be 1
        $given[0] | Should -Be 250
        $stub.Requests.Count | Should -Be 1
        $stub.Requests[0].Query['PageSize'] | Should -BeExactly '1'
    }

    It 'returns an unknown count if the service returns no TotalCount' {
        $stub = New-StubService -Tags 5
        $stub.Repository.HasNoTotalCount = $true
        Connect-StubService -Stub $stub
        $given = @(Get-CrRepoTag team/app -First 3 -IncludeTotalCount)
        $given[0].Accuracy | Should -Be 0
        $given[0].ToString() | Should -BeLike 'Unknown*'
        $given.Count | Should -Be 4
    }
}

Describe 'A pipeline that stops early' {
    It 'costs one listing request: Get-CrRepoTag -All | Select-Object -First 3' {
        $stub = New-StubService -Tags 2501
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded { Get-CrRepoTag crr-app -All | Select-Object -First 3 }
        Join-Tag $record.Output.Tag | Should -BeExactly 'v0 v1 v2'
        $record.Errors | Should -BeNullOrEmpty
        $stub.Requests.Count | Should -Be 1
    }

    It 'does not end the script' {
        Connect-StubService -Stub (New-StubService -Tags 2501)
        $record = Invoke-Recorded {
            Get-CrRepoTag crr-app -All | Select-Object -First 1
            Get-CrRepoTag crr-app -Tag v7
        }
        Join-Tag $record.Output.Tag | Should -BeExactly 'v0 v7'
    }
}

Describe 'An incomplete list' {
    It 'is a terminating IncompleteListing error with the page at which it ended' {
        $stub = New-StubService -Tags 130
        $stub.Repository.TotalCountJson = '"150"'
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded { Get-CrRepoTag team/app -All; 'not reached' }
        $record.Output | Should -Not -Contain 'not reached'
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'IncompleteListing,*'
        $record.Failure.Exception | Should -BeOfType [CrRegistry.IncompleteListingException]
        $record.Failure.Exception.PageNo | Should -Be 2
        $record.Failure.Exception.RowsReceived | Should -Be 130
        $record.Failure.Exception.TotalCount | Should -Be 150
        $record.Failure.TargetObject | Should -BeExactly 'team/app'
        "$($record.Failure)" | Should -BeLike 'team/app: *page 2*130 of 150*Do not use it*'
    }

    It 'is an IncompleteListing error with the cause if a later page fails, after the tags before it' {
        $stub = New-StubService -Tags 250
        $stub.Answer('ListRepoTag', 2, 403, 'application/json', '{"Code":"NoPrivilege","Message":"Access denied for this user.","RequestId":"REQUEST-2"}')
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded { Get-CrRepoTag team/app -All }
        $record.Output.Count | Should -Be 100
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'IncompleteListing,*'
        $record.Failure.Exception.PageNo | Should -Be 2
        $record.Failure.Exception.RowsReceived | Should -Be 100
        $record.Failure.Exception.InnerException.Code | Should -BeExactly 'NoPrivilege'
        $record.Failure.Exception.RequestId | Should -BeExactly 'REQUEST-2'
    }

    It 'is an IncompleteListing error if the connection breaks at a later page' {
        # Page 4, the last one, is read before the others. Pages 1 and 2 are returned before page 3 fails.
        $stub = New-StubService -Tags 350
        $stub.Break('ListRepoTag', 3)
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded { Get-CrRepoTag team/app -All }
        $record.Output.Count | Should -Be 200
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'IncompleteListing,*'
        $record.Failure.Exception.InnerException.Code | Should -BeExactly 'ConnectionFailed'
    }

    It 'ends a script that runs with <Setting>' -ForEach @(
        @{ Setting = '-ErrorAction Stop'; Script = 'Get-CrRepoTag crr-app -All -ErrorAction Stop | Out-Null; "went on"' }
        @{ Setting = '$ErrorActionPreference = Stop'; Script = '$ErrorActionPreference = "Stop"; Get-CrRepoTag crr-app -All | Out-Null; "went on"' }
    ) {
        $stub = New-StubService -Tags 130
        $stub.Repository.TotalCountJson = '"150"'
        Connect-StubService -Stub $stub
        $shell = New-ModuleShell
        try {
            $record = Invoke-Recorded { $shell.AddScript($Script).Invoke() }
        }
        finally { $shell.Dispose() }
        $record.Output | Should -Not -Contain 'went on'
        "$($record.Failure)" | Should -BeLike '*130 of 150*'
    }

    It 'is not an error if the list grows during the reading' {
        $stub = New-StubService -Tags 130
        $stub.Repository.TotalCountJson = '"110"'
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded { Get-CrRepoTag team/app -All }
        $record.Output.Count | Should -Be 130
        $record.Failure | Should -BeNullOrEmpty
    }
}
