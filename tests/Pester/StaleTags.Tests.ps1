# Select-CrStaleTag in a pipeline, on the sample registry of the emulator.

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support/TestSupport.psm1" -Force
    Import-Module -Name "$PSScriptRoot/Support/Emulator.psm1" -Force
    Import-ModuleUnderTest
    $emulator = Start-Emulator
    $connection = @{
        RegionId = $emulator.RegionId; InstanceId = $emulator.InstanceId; Endpoint = $emulator.Address
        Credential = New-TestCredential -AccessKeyId $emulator.AccessKeyId -AccessKeySecret $emulator.AccessKeySecret
    }
    Connect-CrRegistry @connection
    $all = @(Get-CrRepository -All | Get-CrRepoTag -All)
    $app = @($all | Where-Object RepoName -EQ 'app')
}

AfterAll {
    Disconnect-CrRegistry
    Stop-Emulator -Emulator $emulator
}

Describe 'Select-CrStaleTag on the sample registry' {
    It 'selects old tags of every repository, and keeps what each condition protects' {
        $record = Invoke-Recorded { Get-CrRepository 'team/*' -All | Get-CrRepoTag -All | Select-CrStaleTag -KeepLatest 10 -OlderThan 90.00:00 -Protect '2.*' }
        $record.Failure | Should -BeNullOrEmpty
        $record.Errors | Should -BeNullOrEmpty
        $record.Warnings | Should -BeNullOrEmpty
        $record.Output.Count | Should -BeGreaterThan 200
        $limit = [datetime]::UtcNow.AddDays(-90)
        $stale = $record.Output
        @($stale | Where-Object { $_.Tag -notlike 'sha256-*' -and $_.ImageUpdate.ToUniversalTime() -ge $limit }) | Should -BeNullOrEmpty
        @($stale | Where-Object { $_.Tag -eq 'latest' -or $_.Tag -clike '2.*' }) | Should -BeNullOrEmpty
        foreach ($repository in $stale | Group-Object -Property RepoId) {
            $newest = @($all | Where-Object { $_.RepoId -eq $repository.Name -and $_.Tag -notlike 'sha256-*' } | Sort-Object -Property { $_.ImageUpdate.ToUniversalTime() } -Descending | Select-Object -First 10)
            @($repository.Group.Tag | Where-Object { $_ -cin $newest.Tag }) | Should -BeNullOrEmpty
        }
    }

    It 'selects no tag that shares its digest with a kept one, and the signatures of stale images only' {
        $verdicts = @($app | Select-CrStaleTag -KeepLatest 10 -OlderThan 90.00:00 -Explain)
        $verdicts.Count | Should -Be $app.Count
        $kept = @($verdicts | Where-Object Verdict -EQ 'Kept')
        $stale = @($verdicts | Where-Object Verdict -EQ 'Stale')
        @($stale.Digest | Where-Object { $_ -in $kept.Digest }) | Should -BeNullOrEmpty
        $signatures = @($stale.Tag | Where-Object { $_ -like 'sha256-*' })
        $signatures.Count | Should -BeGreaterThan 0
        @($signatures | Where-Object { $_.Substring(7, 64) -notin $stale.Digest }) | Should -BeNullOrEmpty
        @($kept.Tag | Where-Object { $_ -like 'sha256-*' -and $_.Substring(7, 64) -in $stale.Digest }) | Should -BeNullOrEmpty
        @($verdicts | Where-Object { -not $_.Reason }) | Should -BeNullOrEmpty
    }

    It 'returns the same verdicts for the list in another order (<Case>)' -ForEach @(
        @{ Case = 'by name'; Sorted = { $app | Sort-Object -Property Tag } }
        @{ Case = 'backwards'; Sorted = { $app[($app.Count - 1)..0] } }
        @{ Case = 'grouped'; Sorted = { ($app | Group-Object -Property Status).Group } }
        @{ Case = 'from a file'; Sorted = { $app | Export-Clixml -Path "$TestDrive/app.xml"; Import-Clixml -Path "$TestDrive/app.xml" } }
        @{ Case = 'from JSON'; Sorted = { $app | ConvertTo-Json | ConvertFrom-Json } }
        @{ Case = 'with properties selected'; Sorted = { $app | Select-Object -Property Tag, Digest, ImageUpdate, RepoId, InstanceId } }
        @{ Case = 'with a note on each tag'; Sorted = { $app | ForEach-Object { $_ | Select-Object -Property * } | Add-Member -NotePropertyName Note -NotePropertyValue 1 -PassThru } }
    ) {
        $limit = (Get-Date).AddDays(-90)
        $expected = @($app | Select-CrStaleTag -KeepLatest 10 -OlderThan $limit -Explain | ForEach-Object { "$($_.Tag) $($_.Verdict) $($_.Reason)" } | Sort-Object -CaseSensitive)
        $actual = @(& $Sorted | Select-CrStaleTag -KeepLatest 10 -OlderThan $limit -Explain | ForEach-Object { "$($_.Tag) $($_.Verdict) $($_.Reason)" } | Sort-Object -CaseSensitive)
        $actual | Should -BeExactly $expected
    }

    It 'keeps what runs, with every tag of its image' {
        $old = $app | Where-Object Tag -CEQ '1.0.0'
        $images = "prod-registry.cn-shanghai.cr.aliyuncs.com/team/app:1.0.0 docker.io/library/nginx:1.27 prod-registry-vpc.cn-shanghai.cr.aliyuncs.com/team/web@sha256:$($old.Digest)"
        $record = Invoke-Recorded { $app | Select-CrStaleTag -KeepLatest 10 -InUse $images -Explain }
        $record.Warnings | Should -BeNullOrEmpty
        $kept = @($record.Output | Where-Object Reason -Like "in use by 'prod-registry.cn-shanghai.cr.aliyuncs.com/team/app:1.0.0'")
        @($kept.Digest | Select-Object -Unique) | Should -BeExactly $old.Digest
        $kept.Count | Should -Be @($app | Where-Object Digest -EQ $old.Digest).Count
    }

    It 'can be exported before anything is done' {
        $file = Join-Path -Path $TestDrive -ChildPath 'verdicts.csv'
        $app | Select-CrStaleTag -KeepLatest 10 -Explain | Export-Csv -Path $file -NoTypeInformation -Encoding UTF8
        $rows = @(Import-Csv -Path $file)
        $rows.Count | Should -Be $app.Count
        @($rows.Verdict | Sort-Object -Unique) | Should -BeExactly 'Kept', 'Stale'
        @($rows | Where-Object { -not $_.Reason -or -not $_.RepoId -or -not $_.Digest }) | Should -BeNullOrEmpty
    }

    It 'shows verdict and reason within 80 columns' {
        $text = $app | Where-Object Tag -NotLike 'sha256-*' | Select-CrStaleTag -KeepLatest 10 -Explain | Out-String -Width 80
        $lines = @($text -replace '\x1b\[[0-9;]*m' -split '\r?\n' | ForEach-Object { $_.TrimEnd() } | Where-Object { $_ })
        $lines[0] | Should -Match '^ +Repository: team/app$'
        $lines[1] | Should -Match '^Verdict Reason +Tag$'
        $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        @($lines -match '^Stale   not among the 10 newest +main-[0-9a-f]{7}$').Count | Should -BeGreaterThan 100
        @($lines -match '^Kept    the tag latest is always kept +latest$').Count | Should -Be 1
    }

    It 'rejects <Case>' -ForEach @(
        @{ Case = 'a page'; Tags = { Get-CrRepoTag team/app -WarningAction Ignore } }
        @{ Case = 'a page in another order'; Tags = { Get-CrRepoTag team/app -First 20 | Sort-Object -Property ImageUpdate } }
        @{ Case = 'a page that was grouped'; Tags = { (Get-CrRepoTag team/app -First 20 | Group-Object -Property Status).Group } }
        @{ Case = 'a page in a variable'; Tags = { $page = Get-CrRepoTag team/app -First 20; $page } }
        @{ Case = 'a page with a note on each tag'; Tags = { Get-CrRepoTag team/app -First 20 | Add-Member -NotePropertyName Note -NotePropertyValue 1 -PassThru } }
        @{ Case = 'a list that Select-Object ended'; Tags = { Get-CrRepoTag team/app -All | Select-Object -First 20 } }
        @{ Case = 'tags selected by a wildcard'; Tags = { Get-CrRepoTag team/app -Tag 'main-*' } }
        @{ Case = 'a list among complete ones'; Tags = { $all; Get-CrRepoTag team/web -First 2 } }
    ) {
        $record = Invoke-Recorded { & $Tags | Select-CrStaleTag -KeepLatest 1 }
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'InputIncomplete,*'
        "$($record.Failure)" | Should -BeLike "*Run the command again with the output of 'Get-CrRepoTag team/* -All'."
        $record.Output | Should -BeNullOrEmpty
    }

    It 'rejects the rows of a CSV file, whose times have no offset' {
        $record = Invoke-Recorded { $app | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv | Select-CrStaleTag -KeepLatest 1 }
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'InputInvalid,*'
        "$($record.Failure)" | Should -BeLike '*Use Export-Clixml instead of Export-Csv.'
    }

    It 'rejects the tags of a list that failed, in a variable' {
        # The emulator rejects no page in the middle. The stub counts more tags than it has.
        $stub = New-StubService -Tags 250
        $stub.Repository.TotalCountJson = '"260"'
        $tags = New-Object -TypeName System.Collections.Generic.List[object]
        Connect-StubService -Stub $stub
        try {
            Invoke-Recorded { Get-CrRepoTag team/app -All | ForEach-Object { $tags.Add($_) } } | Out-Null
        }
        finally { Connect-CrRegistry @connection }
        $tags.Count | Should -BeGreaterThan 0
        foreach ($part in @(, $tags), @(, ($tags | Sort-Object -Property Tag)), @(, ($tags | Group-Object -Property Status).Group), @(, ($tags | Select-Object -First 3))) {
            (Invoke-Recorded { $part | ForEach-Object { $_ } | Select-CrStaleTag -KeepLatest 1 }).Failure | Should -BeLike "The listing of 'team/app' failed*"
        }
    }
}
