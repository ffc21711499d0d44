# Measure-CrRepository in a pipeline, on the sample registry of the emulator.

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
    $measured = @(Measure-CrRepository -All)
}

AfterAll {
    Disconnect-CrRegistry
    Stop-Emulator -Emulator $emulator
}

Describe 'Measure-CrRepository on the sample registry' {
    It 'returns the numbers that a script counts' {
        $now = (Get-Date).ToUniversalTime()
        $limits = 1, 7, 30, 90, 180, 365
        $counted = foreach ($repository in Get-CrRepository -All) {
            $tags = @($repository | Get-CrRepoTag -All)
            $images = @($tags | Sort-Object -Property Digest -Unique)
            $times = @($tags | ForEach-Object { $_.ImageUpdate.ToUniversalTime() } | Sort-Object)
            $ages = @($times | ForEach-Object { $days = ($now - $_).TotalDays; @($limits | Where-Object { $days -ge $_ }).Count })
            "$repository $($tags.Count) $($images.Count) $(($images | Measure-Object -Property ImageSize -Sum).Sum + 0) " +
            "$(if ($times) { $times[0].Ticks; $times[-1].Ticks }) $(0..6 | ForEach-Object { $age = $_; @($ages -eq $age).Count })"
        }
        $returned = $measured | ForEach-Object {
            "$_ $($_.Tags) $($_.Images) $($_.Size) $(if ($_.Newest) { $_.Oldest.ToUniversalTime().Ticks; $_.Newest.ToUniversalTime().Ticks }) " +
            "$($_.AgeUnder1Day) $($_.Age1To7Days) $($_.Age7To30Days) $($_.Age30To90Days) $($_.Age90To180Days) $($_.Age180To365Days) $($_.AgeOver365Days)"
        }
        $returned | Should -BeExactly $counted
        $measured.Count | Should -Be 12
    }

    It 'measures <Case> again' -ForEach @(
        @{ Case = 'rows of a CSV file'; Copy = { $input | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv } }
        @{ Case = 'objects of a JSON file'; Copy = { $input | ConvertTo-Json | ConvertFrom-Json } }
        @{ Case = 'objects with properties selected'; Copy = { $input | Select-Object -Property RepoId, RepoNamespaceName, RepoName } }
    ) {
        $again = @($measured | & $Copy | Measure-CrRepository)
        "$($again | ForEach-Object { "$_ $($_.Tags)" })" | Should -BeExactly "$($measured | ForEach-Object { "$_ $($_.Tags)" })"
    }

    It 'sums over repositories of which one does not exist' {
        $record = Invoke-Recorded { (Measure-CrRepository team/app, team/gone, team/web | Measure-Object -Property Tags -Sum).Sum }
        $record.Failure | Should -BeNullOrEmpty
        $record.Output | Should -Be 520
        @($record.Errors).Count | Should -Be 1
    }
}
