# Remove-CrRepoTag in a pipeline, on the sample registry of the emulator.

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

    # A TotalCount that is too high makes the listing fail after its rows were returned.
    $incomplete = Start-Emulator -Option '--tags 250 --total-offset 50'
    $credential = New-TestCredential -AccessKeyId $incomplete.AccessKeyId -AccessKeySecret $incomplete.AccessKeySecret
    $failing = Connect-CrRegistry -RegionId $incomplete.RegionId -InstanceId $incomplete.InstanceId -Endpoint $incomplete.Address -Credential $credential -NoSession -PassThru
    $ofFailed = [Collections.ArrayList]::new()
    $listing = Invoke-Recorded { Get-CrRepoTag team/app -All -Context $failing | ForEach-Object { $null = $ofFailed.Add($_) } }

    function Get-State { @(Get-CrRepository -All | Get-CrRepoTag -All | ForEach-Object { "$($_.RepoId) $($_.Tag) $($_.Digest)" } | Sort-Object -CaseSensitive) }
}

AfterAll {
    Disconnect-CrRegistry
    Stop-Emulator -Emulator $emulator
    Stop-Emulator -Emulator $incomplete
}

Describe 'Remove-CrRepoTag on the sample registry' {
    It 'removes nothing with -WhatIf' {
        $before = Get-State
        $record = Invoke-Recorded { Get-CrRepository 'team/*' -All | Get-CrRepoTag -All | Select-CrStaleTag -KeepLatest 10 -OlderThan 90.00:00 | Remove-CrRepoTag -WhatIf }
        $record.Failure | Should -BeNullOrEmpty
        $record.Errors | Should -BeNullOrEmpty
        Get-State | Should -BeExactly $before
    }

    It 'removes nothing without -Confirm:$false in a shell that is not interactive' {
        $before = Get-State
        $script = @"
Import-Module -Name '$(Get-ModuleUnderTest)'
`$secret = ConvertTo-SecureString -String '$($emulator.AccessKeySecret)' -AsPlainText -Force
`$credential = New-Object -TypeName pscredential -ArgumentList '$($emulator.AccessKeyId)', `$secret
Connect-CrRegistry -RegionId $($emulator.RegionId) -InstanceId $($emulator.InstanceId) -Endpoint $($emulator.Address) -Credential `$credential
try { Get-CrRepoTag team/app -First 2 | Remove-CrRepoTag } catch { "caught: `$_" }
"@
        (Invoke-ChildShell -Script $script).Output -join ' ' | Should -BeLike '*caught: *-Confirm:$false*'
        Get-State | Should -BeExactly $before
    }

    It 'warns about removed tags whose result a reader did not read' {
        $script = @"
Import-Module -Name '$(Get-ModuleUnderTest)'
`$secret = ConvertTo-SecureString -String '$($emulator.AccessKeySecret)' -AsPlainText -Force
`$credential = New-Object -TypeName pscredential -ArgumentList '$($emulator.AccessKeyId)', `$secret
`$null = Connect-CrRegistry -RegionId $($emulator.RegionId) -InstanceId $($emulator.InstanceId) -Endpoint $($emulator.Address) -Credential `$credential
Get-CrRepoTag team/app -First 2 | ForEach-Object { `$number = 0 } { [pscustomobject]@{ RepoId = `$_.RepoId; Tag = `$_.Tag; ToTag = "taken-`$((`$number++))" } } | New-CrRepoTag
(Get-CrRepoTag team/app -Tag taken-0, taken-1 | Remove-CrRepoTag -Confirm:`$false -PassThru | Select-Object -First 1).Tag
"@
        $output = (Invoke-ChildShell -Script $script).Output -join "`n"
        $output | Should -BeLike '*taken-0*'
        $output | Should -Not -BeLike '*taken-0: The tag was removed before*'
        $output | Should -BeLike '*WARNING: team/app:taken-1: The tag was removed before the command stopped.*'
    }

    It 'rejects tags of a failed listing after <Case>' -ForEach @(
        @{ Case = 'Sort-Object'; Select = { $input | Sort-Object -Property Digest } }
        @{ Case = 'Group-Object'; Select = { ($input | Group-Object -Property Status).Group } }
        @{ Case = 'Select-Object -First'; Select = { $input | Select-Object -First 2 } }
        @{ Case = 'Select-Object -Last'; Select = { $input | Select-Object -Last 1 } }
        @{ Case = 'Add-Member'; Select = { $input | Add-Member -NotePropertyName Note -NotePropertyValue 1 -PassThru } }
        @{ Case = 'Tee-Object'; Select = { $input | Tee-Object -Variable copy } }
    ) {
        $record = Invoke-Recorded { $ofFailed | & $Select | Remove-CrRepoTag -Confirm:$false -Context $failing }
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'InputIncomplete,*'
    }

    It 'removes exactly <Case>' -ForEach @(
        @{ Case = 'the first tags of a list that was not read to its end'; Get = { Get-CrRepoTag team/app -All -PageSize 10 | Select-Object -First 2 } }
        @{ Case = 'selected tags of a list'; Get = { (Get-CrRepoTag team/app -All | Sort-Object -Property ImageUpdate | Group-Object -Property Status).Group | Select-Object -First 2 } }
        @{ Case = 'a page'; Get = { Get-CrRepoTag team/app -PageNo 3 -PageSize 2 } }
    ) {
        $before = Get-State
        $tags = @(& $Get)
        $removed = @($tags | ForEach-Object { "$($_.RepoId) $($_.Tag) $($_.Digest)" })
        @($tags | Remove-CrRepoTag -Confirm:$false -PassThru).Result | Should -BeExactly 'Removed', 'Removed'
        Get-State | Should -BeExactly @($before | Where-Object { $_ -cnotin $removed })
    }

    It 'removes <Case> whose tag was listed' -ForEach @(
        @{ Case = 'a row of a CSV file'; Copy = { $input | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv } }
        @{ Case = 'an object of a JSON file'; Copy = { $input | ConvertTo-Json | ConvertFrom-Json } }
        @{ Case = 'an object with properties selected'; Copy = { $input | Select-Object -Property RepoId, Tag, Digest } }
    ) {
        $tag = Get-CrRepoTag team/app -Tag nightly-* | Select-Object -Last 1
        $results = @($tag | & $Copy | Remove-CrRepoTag -Confirm:$false -PassThru)
        $results.Result | Should -BeExactly 'Removed'
        @(Get-CrRepoTag team/app -All).Tag | Should -Not -Contain $tag.Tag
    }

    It 'removes the stale tags and no other' {
        $before = Get-State
        $stale = @(Get-CrRepository 'team/*' -All | Get-CrRepoTag -All | Select-CrStaleTag -KeepLatest 10 -OlderThan 90.00:00 -Protect '2.*')
        $results = @($stale | Remove-CrRepoTag -Confirm:$false -PassThru)
        $results.Count | Should -Be $stale.Count
        @($results.Result | Sort-Object -Unique) | Should -BeExactly 'Removed'
        $removed = @($stale | ForEach-Object { "$($_.RepoId) $($_.Tag) $($_.Digest)" })
        Get-State | Should -BeExactly @($before | Where-Object { $_ -cnotin $removed })
        $results | Export-Csv -Path "$TestDrive/results.csv" -NoTypeInformation -Encoding UTF8
        $again = @(Import-Csv -Path "$TestDrive/results.csv" | Remove-CrRepoTag -Confirm:$false -PassThru)
        @($again.Result | Sort-Object -Unique) | Should -BeExactly 'AlreadyGone'
    }
}
