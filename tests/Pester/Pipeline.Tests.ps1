# The behavior of a running Get-CrRepoTag: streaming, stopping, and parallel commands.

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support/TestSupport.psm1" -Force
    Import-ModuleUnderTest
}

AfterAll { Disconnect-CrRegistry }

Describe 'Stopping a pipeline' {
    It 'returns while replies are held, cancels the requests, and reports no error' {
        $stub = New-StubService -Tags 2501
        Connect-StubService -Stub $stub
        # Page 1 is answered, and the last one, which is read alone after it.
        $stub.Hold('ListRepoTag', 2, 25)
        $shell = New-ModuleShell
        try {
            $null = $shell.AddScript('Get-CrRepoTag crr-app -All').BeginInvoke()
            $stub.WaitForRequests(12)
            $stopping = $shell.BeginStop($null, $null)
            $stopping.AsyncWaitHandle.WaitOne([timespan]::FromMinutes(1)) | Should -BeTrue
            $stub.WaitForCancelled(10)
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            $shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally {
            $stub.Release()
            $shell.Dispose()
        }
    }

    It 'waits neither for a reply nor for a timeout' {
        $stub = New-StubService -Tags 2501
        $stub.IsDeaf = $true
        Connect-StubService -Stub $stub
        # Page 1 is answered, and the last one, which is read alone after it.
        $stub.Hold('ListRepoTag', 2, 25)
        $shell = New-ModuleShell
        try {
            $null = $shell.AddScript('Get-CrRepoTag crr-app -All').BeginInvoke()
            $stub.WaitForRequests(12)
            $shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne([timespan]::FromMinutes(1)) | Should -BeTrue
        }
        finally {
            $stub.Release()
            $shell.Dispose()
        }
    }

    It 'returns while the first reply is held' {
        $stub = New-StubService
        Connect-StubService -Stub $stub
        $stub.Hold('ListRepoTag', 1)
        $shell = New-ModuleShell
        try {
            $null = $shell.AddScript('Get-CrRepoTag crr-app').BeginInvoke()
            $stub.WaitForRequests(1)
            $stopping = $shell.BeginStop($null, $null)
            $stopping.AsyncWaitHandle.WaitOne([timespan]::FromMinutes(1)) | Should -BeTrue
            $stub.WaitForCancelled(1)
        }
        finally {
            $stub.Release()
            $shell.Dispose()
        }
    }

    It 'does not affect the runspace' {
        $stub = New-StubService
        Connect-StubService -Stub $stub
        $stub.Hold('ListRepoTag', 1)
        $shell = New-ModuleShell
        try {
            $null = $shell.AddScript('Get-CrRepoTag crr-app').BeginInvoke()
            $stub.WaitForRequests(1)
            $shell.Stop()
            $stub.Release()
            $shell.Commands.Clear()
            $shell.AddScript('Get-CrRepoTag crr-app').Invoke().Count | Should -Be 3
            $shell.Commands.Clear()
            $shell.AddScript('$Error.Count').Invoke() | Should -Be 0
        }
        finally {
            $stub.Release()
            $shell.Dispose()
        }
    }
}

Describe 'Tags' {
    It 'are returned page by page, the first ones while later pages are pending' {
        $stub = New-StubService -Tags 250
        Connect-StubService -Stub $stub
        $stub.Hold('ListRepoTag', 2)
        $shell = New-ModuleShell
        try {
            # The reader releases the second page, so that this only ends if the first page was returned before.
            $shell.Runspace.SessionStateProxy.SetVariable('stub', $stub)
            $tags = $shell.AddScript('Get-CrRepoTag crr-app -All | ForEach-Object { if ($_.Tag -eq "v99") { $stub.Release() }; $_ }').Invoke()
        }
        finally {
            $stub.Release()
            $shell.Dispose()
        }
        $tags.Count | Should -Be 250
    }

    It 'of a typed item are returned before the next item is typed' {
        $stub = New-StubService -Tags 2
        Connect-StubService -Stub $stub
        $events = New-Object -TypeName System.Collections.Generic.List[string]
        & {
            'crr-app'
            $events.Add('next item')
            'crr-app'
        } | Get-CrRepoTag | ForEach-Object { $events.Add($_.Tag) }
        "$events" | Should -BeExactly 'v0 v1 next item v0 v1'
    }
}

Describe 'Several repositories in one pipeline' {
    It 'are requested in parallel, and listed in the order of the input' {
        $stub = New-StubService -Tags 2
        2..6 | ForEach-Object { $null = $stub.AddRepository('cri-test', "team/r$_", "crr-$_", $_) }
        Connect-StubService -Stub $stub
        $stub.Hold('ListRepoTag', 1)
        $shell = New-ModuleShell
        try {
            $listing = $shell.AddScript('Get-CrRepoTag -Repository crr-6, crr-2, crr-5, crr-3, crr-4').BeginInvoke()
            $stub.WaitForRequests(5)
            $stub.Release()
            $tags = $shell.EndInvoke($listing)
        }
        finally {
            $stub.Release()
            $shell.Dispose()
        }
        "$(@($tags).RepoId | Select-Object -Unique)" | Should -BeExactly 'crr-6 crr-2 crr-5 crr-3 crr-4'
        @($tags).Count | Should -Be 20
    }
}

Describe 'Runspaces of one process' {
    BeforeEach {
        $stub = New-StubService -Tags 150
        Connect-StubService -Stub $stub
    }

    It 'share the context' {
        $shells = 1..2 | ForEach-Object { New-ModuleShell }
        try {
            $running = foreach ($shell in $shells) { $shell.AddScript('(Get-CrContext).InstanceId; (Get-CrRepoTag crr-app -All).Count').BeginInvoke() }
            $given = for ($number = 0; $number -lt $shells.Count; $number++) { $shells[$number].EndInvoke($running[$number]) }
        }
        finally { $shells | ForEach-Object { $_.Dispose() } }
        "$given" | Should -BeExactly 'cri-test 150 cri-test 150'
    }

    It 'share the context in ForEach-Object -Parallel' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $path = Get-ModuleUnderTest
        $given = 1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module -Name $using:path
            (Get-CrRepoTag team/app -All).Count
        }
        "$given" | Should -BeExactly '150 150 150 150'
    }

    It 'do not affect a running pipeline with a new connection' {
        $other = New-StubService -Tags 1
        $stub.Hold('ListRepoTag', 2)
        $shell = New-ModuleShell
        try {
            $listing = $shell.AddScript('"crr-app", "crr-app" | Get-CrRepoTag -All -ThrottleLimit 1').BeginInvoke()
            $stub.WaitForRequests(2)
            Connect-StubService -Stub $other
            $stub.Release()
            @($shell.EndInvoke($listing)).Count | Should -Be 300
        }
        finally {
            $stub.Release()
            $shell.Dispose()
        }
        $other.Requests.Count | Should -Be 0
    }
}

Describe 'Set-StrictMode -Version 3' {
    It 'changes nothing' {
        $stub = New-StubService -Tags 40
        $stub.Repository.Rows[2].Fields['ImageUpdate'] = ''
        Connect-StubService -Stub $stub
        $record = Invoke-Recorded {
            Set-StrictMode -Version 3
            Get-CrRepoTag team/app -All | Out-String | Out-Null
            Get-CrRepoTag team/app -All | Format-List | Out-String | Out-Null
            (Get-CrContext).RegionId
            @(Get-CrRepoTag team/app -All | Where-Object ImageUpdate -GT ([datetime] '2000-01-01')).Count
        }
        $record.Failure | Should -BeNullOrEmpty
        $record.Errors | Should -BeNullOrEmpty
        "$($record.Output)" | Should -BeExactly 'cn-shanghai 39'
    }
}
