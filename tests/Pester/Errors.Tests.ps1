# Failures of the service and of the network, as errors in a script.

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support/TestSupport.psm1" -Force
    Import-ModuleUnderTest
}

AfterAll { Disconnect-CrRegistry }

Describe 'An error of the service' {
    BeforeEach {
        $stub = New-StubService
        Connect-StubService -Stub $stub
    }

    It '<Code> (HTTP <Status>) is <Category>, terminating: <Terminating>' -ForEach @(
        @{ Status = 403; Code = 'NoPrivilege'; Category = 'PermissionDenied'; Terminating = $false; Says = '*cr:ListRepositoryTag*' }
        @{ Status = 403; Code = 'Forbidden.RAM'; Category = 'PermissionDenied'; Terminating = $false; Says = '*cr:ListRepositoryTag*' }
        @{ Status = 404; Code = 'InvalidAccessKeyId.NotFound'; Category = 'AuthenticationError'; Terminating = $true; Says = '*AccessKey*' }
        @{ Status = 400; Code = 'InvalidAccessKeyId.Inactive'; Category = 'AuthenticationError'; Terminating = $true; Says = '*AccessKey*' }
        @{ Status = 400; Code = 'SignatureDoesNotMatch'; Category = 'AuthenticationError'; Terminating = $true; Says = '*secret*' }
        @{ Status = 400; Code = 'InvalidSecurityToken.Expired'; Category = 'AuthenticationError'; Terminating = $true; Says = '*is invalid or expired. Get a new temporary credential.*' }
        @{ Status = 400; Code = 'InvalidTimeStamp.Expired'; Category = 'AuthenticationError'; Terminating = $true; Says = '*clock*' }
        @{ Status = 400; Code = 'MissingInstanceId'; Category = 'InvalidArgument'; Terminating = $false; Says = '*' }
        @{ Status = 404; Code = 'InvalidAction.NotFound'; Category = 'InvalidOperation'; Terminating = $true; Says = '*endpoint*' }
        @{ Status = 500; Code = 'SystemError'; Category = 'ResourceUnavailable'; Terminating = $false; Says = '*later*'; Tries = 4 }
        @{ Status = 503; Code = 'ServiceUnavailable'; Category = 'ResourceUnavailable'; Terminating = $false; Says = '*later*'; Tries = 4 }
        @{ Status = 200; Code = 'REPO_NOT_EXIST'; Category = 'ObjectNotFound'; Terminating = $false; Says = '*name*' }
        @{ Status = 200; Code = 'INSTANCE_NOT_EXIST'; Category = 'ObjectNotFound'; Terminating = $false; Says = '*region*' }
    ) {
        $body = '{"IsSuccess":false,"Code":"' + $Code + '","Message":"The service says why.","RequestId":"REQUEST-1","Recommend":"https://api.example/diagnose"}'
        $stub.Answer('ListRepoTag', 0, $Status, 'application/json', $body)
        $record = Invoke-Recorded { Get-CrRepoTag crr-app }
        if ($Terminating) {
            $record.Errors | Should -BeNullOrEmpty
            $failure = $record.Failure
        }
        else {
            $record.Failure | Should -BeNullOrEmpty
            $record.Errors.Count | Should -Be 1
            $failure = $record.Errors[0]
        }
        $failure.CategoryInfo.Category | Should -Be $Category
        $failure.FullyQualifiedErrorId | Should -BeLike "$Code,*"
        $failure.TargetObject | Should -BeExactly 'crr-app'
        $failure.Exception | Should -BeOfType [CrRegistry.CrApiException]
        $failure.Exception.Code | Should -BeExactly $Code
        $failure.Exception.HttpStatus | Should -Be $Status
        $failure.Exception.Action | Should -BeExactly 'ListRepoTag'
        $failure.Exception.RequestId | Should -BeExactly 'REQUEST-1'
        $result = if ($Status -ge 500) { 'failed' } else { 'was rejected' }
        "$failure" | Should -BeLike "crr-app: ListRepoTag ${result}: The service says why.*"
        "$failure" | Should -BeLike '*REQUEST-1*'
        "$failure" | Should -BeLike $Says
        # Permanent errors are not retried.
        $stub.Requests.Count | Should -Be $(if ($_.Tries) { $_.Tries } else { 1 })
    }

    It 'of GetRepository names the RAM action that it needs' {
        $stub.Answer('GetRepository', 0, 403, 'application/json', '{"Code":"NoPrivilege","Message":"Access denied for this user."}')
        "$((Invoke-Recorded { Get-CrRepoTag team/app }).Errors[0])" | Should -BeLike '*cr:GetRepository*'
    }

    It 'of another server has an ID with its HTTP status' {
        $stub.Answer('ListRepoTag', 0, 502, 'text/html', '<html><body>Bad gateway</body></html>')
        $record = Invoke-Recorded { Get-CrRepoTag crr-app }
        $record.Errors[0].FullyQualifiedErrorId | Should -BeLike 'Http502,*'
        $record.Errors[0].CategoryInfo.Category | Should -Be 'ResourceUnavailable'
        "$($record.Errors[0])" | Should -BeLike '*502*'
    }
}

Describe 'An invalid reply' {
    BeforeEach {
        $stub = New-StubService
        Connect-StubService -Stub $stub
    }

    It 'is InvalidResult, never an empty list: <Case>' -ForEach @(
        @{ Case = 'an HTML page'; Type = 'text/html'; Body = '<html><body>Please log in</body></html>'; Says = '*text/html*proxy*' }
        @{ Case = 'an incomplete body'; Type = 'application/json'; Body = '{"IsSuccess":true,"TotalCount":"1","Images":[{"Tag":"v0"'; Says = '*JSON was cut off*Try again later.*' }
        @{ Case = 'an empty body'; Type = 'application/json'; Body = ''; Says = '*empty*' }
        @{ Case = 'null'; Type = 'application/json'; Body = 'null'; Says = '*null*' }
        @{ Case = 'a list in place of an object'; Type = 'application/json'; Body = '[]'; Says = '*JSON*' }
        @{ Case = 'no Images with a positive TotalCount'; Type = 'application/json'; Body = '{"IsSuccess":true,"Code":"success","PageNo":1,"PageSize":30,"TotalCount":"3"}'; Says = '*no Images*3*' }
        @{ Case = 'Images that are not a list'; Type = 'application/json'; Body = '{"IsSuccess":true,"Code":"success","TotalCount":"3","Images":"none"}'; Says = '*Images*' }
    ) {
        $stub.Answer('ListRepoTag', 0, 200, $Type, $Body)
        $record = Invoke-Recorded { Get-CrRepoTag crr-app -All }
        $record.Output | Should -BeNullOrEmpty
        $record.Failure | Should -BeNullOrEmpty
        $record.Errors.Count | Should -Be 1
        $record.Errors[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResult,*'
        $record.Errors[0].CategoryInfo.Category | Should -Be 'InvalidResult'
        "$($record.Errors[0])" | Should -BeLike "crr-app: *ListRepoTag*$Says"
    }

    It 'is InvalidResult and names the row: <Case>' -ForEach @(
        @{ Case = 'a row without Tag'; Field = 'Tag'; Value = $null; Says = '*row 2 of page 1*Tag*' }
        @{ Case = 'a row whose Tag is empty'; Field = 'Tag'; Value = ''; Says = '*row 2 of page 1*Tag*' }
        @{ Case = 'an ImageUpdate that is not a time'; Field = 'ImageUpdate'; Value = 'yesterday'; Says = "*row 2 of page 1*'v1'*ImageUpdate*'yesterday'*" }
        @{ Case = 'an ImageCreate that is not a time'; Field = 'ImageCreate'; Value = '2019-11-04'; Says = "*row 2 of page 1*'v1'*ImageCreate*'2019-11-04'*" }
        @{ Case = 'a time out of range'; Field = 'ImageUpdate'; Value = '9223372036854775807'; Says = "*row 2 of page 1*'v1'*ImageUpdate*" }
        @{ Case = 'an ImageSize that is not a number'; Field = 'ImageSize'; Value = 'big'; Says = "*row 2 of page 1*'v1'*ImageSize*'big'*" }
    ) {
        $stub.Repository.Rows[1].Fields[$Field] = $Value
        $record = Invoke-Recorded { Get-CrRepoTag crr-app }
        $record.Errors.Count | Should -Be 1
        $record.Errors[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResult,*'
        "$($record.Errors[0])" | Should -BeLike $Says
    }
}

Describe 'A pipeline of three repositories' {
    BeforeEach {
        $stub = New-StubService -Tags 2
        $null = $stub.AddRepository('cri-test', 'team/web', 'crr-web', 3)
        Connect-StubService -Stub $stub
    }

    It 'lists two if one does not exist, with one ObjectNotFound error that names it (<Case>)' -ForEach @(
        @{ Case = 'by name'; Missing = 'team/gone' }
        @{ Case = 'by ID'; Missing = 'crr-gone' }
    ) {
        $record = Invoke-Recorded { 'team/app', $Missing, 'team/web' | Get-CrRepoTag -All }
        $record.Failure | Should -BeNullOrEmpty
        $record.Errors.Count | Should -Be 1
        $record.Errors[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $record.Errors[0].FullyQualifiedErrorId | Should -BeLike 'REPO_NOT_EXIST,*'
        $record.Errors[0].TargetObject | Should -BeExactly $Missing
        "$($record.Errors[0])" | Should -BeLike "$Missing`: *"
        "$($record.Output.RepoName)" | Should -BeExactly 'app app web web web'
    }

    It 'reports the error in the order of the repositories' {
        $items = 'crr-app', 'crr-gone', 'crr-web' | Get-CrRepoTag -All 2>&1
        "$($items | ForEach-Object { if ($_ -is [System.Management.Automation.ErrorRecord]) { 'error' } else { $_.RepoId } })" |
            Should -BeExactly 'crr-app crr-app error crr-web crr-web crr-web'
    }

    It 'reports an item that is not a repository in the order of the input' {
        $items = 'crr-app', 'crr-gone', 'no repository', 'crr-web' | Get-CrRepoTag -All 2>&1
        "$($items | ForEach-Object { if ($_ -is [System.Management.Automation.ErrorRecord]) { "error of '$($_.TargetObject)'" } else { $_.RepoId } })" |
            Should -BeExactly "crr-app crr-app error of 'crr-gone' error of 'no repository' crr-web crr-web crr-web"
    }

    It 'sets $? to false, and is quiet with -ErrorAction SilentlyContinue' {
        $record = Invoke-Recorded {
            $null = 'crr-app', 'crr-gone' | Get-CrRepoTag -ErrorAction SilentlyContinue -ErrorVariable problems
            $?
            $problems.Count
        }
        "$($record.Output)" | Should -BeExactly 'False 1'
        $record.Errors | Should -BeNullOrEmpty
    }

    It 'ends a script that runs with <Setting>' -ForEach @(
        @{ Setting = '-ErrorAction Stop'; Script = '"crr-gone", "crr-app" | Get-CrRepoTag -ErrorAction Stop; "went on"' }
        @{ Setting = '$ErrorActionPreference = Stop'; Script = '$ErrorActionPreference = "Stop"; "crr-gone", "crr-app" | Get-CrRepoTag; "went on"' }
    ) {
        $shell = New-ModuleShell
        try {
            $record = Invoke-Recorded { $shell.AddScript($Script).Invoke() }
        }
        finally { $shell.Dispose() }
        $record.Output | Should -BeNullOrEmpty
        "$($record.Failure)" | Should -BeLike '*crr-gone*'
    }

    It 'continues after a failed first page, and ends after a failed later page' {
        $stub.Answer('ListRepoTag', 0, 500, 'application/json', '{"Code":"SystemError","Message":"Unknown error."}')
        $record = Invoke-Recorded { 'crr-app', 'crr-web' | Get-CrRepoTag -All }
        $record.Failure | Should -BeNullOrEmpty
        $record.Errors.Count | Should -Be 2
        $record.Errors[1].TargetObject | Should -BeExactly 'crr-web'
    }
}

Describe 'A failed connection' {
    BeforeAll {
        # A port without a listener, which was free a moment ago.
        $listener = New-Object -TypeName System.Net.Sockets.TcpListener -ArgumentList ([System.Net.IPAddress]::Loopback), 0
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()
    }

    It 'is one terminating ConnectionError that names host and cause' {
        $record = Invoke-Recorded {
            Connect-CrRegistry -InstanceId cri-test -Credential (New-TestCredential) -Endpoint "http://127.0.0.1:$port"
            'crr-app', 'crr-web', 'crr-more' | Get-CrRepoTag -All
        }
        $record.Output | Should -BeNullOrEmpty
        $record.Errors | Should -BeNullOrEmpty
        $record.Failure.CategoryInfo.Category | Should -Be 'ConnectionError'
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'ConnectionFailed,*'
        $record.Failure.TargetObject | Should -BeExactly 'crr-app'
        "$($record.Failure)" | Should -BeLike "*127.0.0.1:$port*refused*"
    }

    It 'for one repository, after another was listed, is an error of only that repository' {
        $stub = New-StubService -Tags 2
        Connect-StubService -Stub $stub
        $stub.Break('GetRepoTag', 0)
        $record = Invoke-Recorded { 'team/app' | Get-CrRepoTag -Tag v0 }
        $record.Failure | Should -BeNullOrEmpty
        $record.Errors.Count | Should -Be 1
        $record.Errors[0].CategoryInfo.Category | Should -Be 'ConnectionError'
        "$($record.Errors[0])" | Should -BeLike '*The stub broke the connection*'
    }
}
