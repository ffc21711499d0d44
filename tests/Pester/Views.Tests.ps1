# How tags look at a prompt.

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support/TestSupport.psm1" -Force
    Import-ModuleUnderTest
    $hasStyle = $null -ne (Get-Variable -Name PSStyle -ErrorAction Ignore)
    if ($hasStyle) {
        $renderingBefore = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'
    }

    function Get-Line {
        param([object[]] $Tag, [int] $Width, [string] $As = 'Default')
        $text = if ($As -eq 'List') { $Tag | Format-List | Out-String -Width $Width } else { $Tag | Out-String -Width $Width }
        @($text -split '\r?\n' | ForEach-Object { $_.TrimEnd() } | Where-Object { $_ })
    }

    $stub = New-StubService -Tags 4
    $null = $stub.AddRepository('cri-test', 'team/web', 'crr-web', 1)
    $rows = $stub.Repository.Rows
    $now = [DateTimeOffset]::UtcNow
    $rows[0].Fields['ImageUpdate'] = "$($now.AddDays(-12).AddHours(-1).ToUnixTimeMilliseconds())"
    $rows[0].Fields['ImageSize'] = 27107966
    $rows[1].Fields['ImageUpdate'] = "$($now.AddHours(-5).AddMinutes(-1).ToUnixTimeMilliseconds())"
    $rows[1].Fields['ImageSize'] = 512
    $rows[1].Fields['Status'] = 'DELETING'
    $rows[2].Fields['Tag'] = 'x' * 128
    $rows[2].Fields['ImageSize'] = 123456789012
    foreach ($name in 'Digest', 'Status', 'ImageSize', 'ImageUpdate') { $rows[3].Fields[$name] = '' }
    Connect-StubService -Stub $stub
    $listed = @(Get-CrRepoTag team/app -All -WarningAction Ignore)
    $deserialized = @($listed | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_)) })
}

AfterAll {
    if ($hasStyle) { $PSStyle.OutputRendering = $renderingBefore }
    Disconnect-CrRegistry
}

Describe 'The table of <Kind> tags, <Width> columns wide,' -ForEach @(
    @{ Kind = 'listed'; Width = 80 }
    @{ Kind = 'listed'; Width = 120 }
    @{ Kind = 'deserialized'; Width = 80 }
    @{ Kind = 'deserialized'; Width = 120 }
) {
    BeforeAll {
        $tags = if ($Kind -eq 'listed') { $listed } else { $deserialized }
        $lines = Get-Line -Tag $tags[0, 1, 3] -Width $Width
        $linesWithLongName = Get-Line -Tag $tags -Width $Width
    }

    It 'names the repository, and has a column each for tag, status, size, age and digest' {
        $lines[0] | Should -BeExactly '   Repository: team/app'
        $lines[1] | Should -Match '^Tag +Status +Size +Updated +Digest$'
    }

    It 'shows sizes in readable units, ages in words, and the beginning of the digest' {
        $lines[3] | Should -Match '^v0 +NORMAL +25[.,]9 MB +12 days +00000000[0-9a-f]{4}$'
        $lines[4] | Should -Match '^v1 +DELETING +512 B +5 hours +00000001[0-9a-f]{4}$'
    }

    It 'leaves empty what is not known, and says so of the age' {
        $lines[5] | Should -Match '^v3 +unknown$'
    }

    It 'keeps to the width, whatever a tag''s name, and loses no column' {
        foreach ($line in $linesWithLongName) { $line.Length | Should -BeLessOrEqual $Width }
        $linesWithLongName[1] | Should -Match '^Tag +Status +Size +Updated +Digest$'
        $linesWithLongName[5] | Should -Match '^x+ +NORMAL +115[.,]0 GB +\d+ days +00000002[0-9a-f]{4}$'
        # The name is wrapped, so that it can be read whole.
        (-join ($linesWithLongName -replace '[^x]')).Length | Should -Be 128
    }
}

Describe 'The table' {
    It 'groups tags by repository' {
        $lines = Get-Line -Tag @('team/app', 'team/web' | Get-CrRepoTag -WarningAction Ignore) -Width 100
        @($lines -like '*Repository: *').Count | Should -Be 2
    }

    It 'names a repository that was named by its ID by that ID' {
        (Get-Line -Tag @(Get-CrRepoTag crr-web) -Width 80)[0] | Should -BeExactly '   Repository: crr-web'
    }
}

Describe 'The list of <Kind> tags, <Width> columns wide,' -ForEach @(
    @{ Kind = 'listed'; Width = 80 }
    @{ Kind = 'deserialized'; Width = 120 }
) {
    It 'has every field, each on a line of its own' {
        $tags = if ($Kind -eq 'listed') { $listed } else { $deserialized }
        $lines = Get-Line -Tag $tags[0] -Width $Width -As List
        @($lines | ForEach-Object { ($_ -split ' *: ', 2)[0].TrimEnd(' ', ':') }) |
            Should -BeExactly @('Tag', 'Repository', 'Digest', 'ImageId', 'Status', 'ImageSize', 'ImageCreate', 'ImageUpdate', 'InstanceId', 'RegionId', 'RepoId')
        $lines[1] | Should -BeLike '* : team/app'
        $lines[2] | Should -BeLike "* : $($listed[0].Digest)"
        $lines[5] | Should -BeLike '* : 27107966'
        foreach ($line in $lines) { $line.Length | Should -BeLessOrEqual $Width }
    }
}

Describe 'The completion of -RegionId' {
    It 'offers the regions that begin with what was typed (<Line>)' -ForEach @(
        @{ Line = 'Connect-CrRegistry -RegionId cn-sh' }
        @{ Line = 'Connect-CrRegistry -RegionId CN-SH' }
        @{ Line = 'Get-CrRepoTag team/app -RegionId cn-sh' }
    ) {
        $offered = (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText
        $offered | Should -Contain 'cn-shanghai'
        $offered | Should -Contain 'cn-shenzhen'
        $offered | Should -Not -Contain 'cn-beijing'
        foreach ($region in $offered) { { Connect-CrRegistry -RegionId $region } | Should -Not -Throw }
    }

    It 'offers all regions where nothing was typed' {
        $line = 'Connect-CrRegistry -RegionId '
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.Count | Should -BeGreaterThan 20
    }
}
