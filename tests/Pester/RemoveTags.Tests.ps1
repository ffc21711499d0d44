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
    function Get-State { @(Get-CrRepository -All | Get-CrRepoTag -All | ForEach-Object { "$($_.RepoId) $($_.Tag) $($_.Digest)" } | Sort-Object -CaseSensitive) }
}

AfterAll {
    Disconnect-CrRegistry
    Stop-Emulator -Emulator $emulator
}

Describe 'Remove-CrRepoTag on the sample registry' {
    It 'removes nothing with -WhatIf' {
        $before = Get-State
        $record = Invoke-Recorded { Get-CrRepository 'team/*' -All | Get-CrRepoTag -All | Select-CrStaleTag -KeepLatest 10 -OlderThan 90.00:00 | Remove-CrRepoTag -WhatIf }
        $record.Failure | Should -BeNullOrEmpty
        $record.Errors | Should -BeNullOrEmpty
        Get-State | Should -BeExactly $before
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
