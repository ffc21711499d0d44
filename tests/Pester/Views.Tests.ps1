# The views of tags at a prompt.

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

    function ConvertTo-Deserialized {
        param([object[]] $InputObject)
        foreach ($item in $InputObject) { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($item)) }
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
    $deserialized = @($listed | ForEach-Object { ConvertTo-Deserialized $_ })
    $repositories = @(Get-CrRepository -All)
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

    It 'names the repository, and has columns for tag, status, size, age and digest' {
        $lines[0] | Should -BeExactly '   Repository: team/app'
        $lines[1] | Should -Match '^Status +Size +Updated +Digest +Tag$'
    }

    It 'shows sizes in readable units, ages in words, and the beginning of the digest' {
        $lines[3] | Should -Match '^NORMAL +25[.,]9 MB +12 days +00000000[0-9a-f]{4} v0$'
        $lines[4] | Should -Match '^DELETING +512 B +5 hours +00000001[0-9a-f]{4} v1$'
    }

    It 'shows unknown values as empty, and an unknown age as unknown' {
        $lines[5] | Should -Match '^ +unknown +v3$'
    }

    It 'fits the width with any tag name, and shows all columns' {
        foreach ($line in $linesWithLongName) { $line.Length | Should -BeLessOrEqual $Width }
        $linesWithLongName[1] | Should -Match '^Status +Size +Updated +Digest +Tag$'
        $linesWithLongName[5] | Should -Match '^NORMAL +115[.,]0 GB +\d+ days +00000002[0-9a-f]{4} x+$'
        # The name is wrapped, so that it is shown in full.
        (-join ($linesWithLongName -replace '[^x]')).Length | Should -Be 128
    }
}

Describe 'The table' {
    It 'groups tags by repository' {
        $lines = Get-Line -Tag @('team/app', 'team/web' | Get-CrRepoTag -WarningAction Ignore) -Width 100
        @($lines -like '*Repository: *').Count | Should -Be 2
    }

    It 'shows a signature tag of 71 characters in full at 160 columns' {
        $signature = "sha256-$('0123456789abcdef' * 4).sig"
        $lines = Get-Line -Tag @($listed[0], [CrRegistry.ImageTag]@{ Tag = $signature; Status = 'NORMAL'; RepoNamespaceName = 'team'; RepoName = 'app' }) -Width 160
        $lines[4] | Should -BeLike "NORMAL*unknown* $signature"
        $lines.Count | Should -Be 5
    }

    It 'shows the ID of a repository that was specified by its ID' {
        (Get-Line -Tag @(Get-CrRepoTag crr-web) -Width 80)[0] | Should -BeExactly '   Repository: crr-web'
    }
}

Describe 'The list of <Kind> tags, <Width> columns wide,' -ForEach @(
    @{ Kind = 'listed'; Width = 80 }
    @{ Kind = 'deserialized'; Width = 120 }
) {
    It 'has every field on a separate line' {
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

Describe 'Format-Wide' {
    It 'shows the names of <Kind> <What>' -ForEach @(
        @{ Kind = 'listed'; What = 'tags'; Item = { $listed[0, 1, 3] }; Expected = 'v0 v1 v3' }
        @{ Kind = 'deserialized'; What = 'tags'; Item = { $deserialized[0, 1, 3] }; Expected = 'v0 v1 v3' }
        @{ Kind = 'listed'; What = 'repositories'; Item = { $repositories }; Expected = 'team/app team/web' }
        @{ Kind = 'deserialized'; What = 'repositories'; Item = { ConvertTo-Deserialized $repositories }; Expected = 'team/app team/web' }
        @{ Kind = 'listed'; What = 'namespaces'; Item = { [CrRegistry.Namespace]@{ NamespaceName = 'team' } }; Expected = 'team' }
        @{ Kind = 'listed'; What = 'instances'; Item = { [CrRegistry.Instance]@{ InstanceName = 'prod' } }; Expected = 'prod' }
        @{ Kind = 'listed'; What = 'measured repositories'; Item = { [CrRegistry.MeasuredRepository]@{ RepoNamespaceName = 'team'; RepoName = 'app' } }; Expected = 'team/app' }
        @{ Kind = 'deserialized'; What = 'measured repositories'; Item = { ConvertTo-Deserialized ([CrRegistry.MeasuredRepository]@{ RepoId = 'crr-x' }) }; Expected = 'crr-x' }
        @{ Kind = 'listed'; What = 'connections'; Item = { Connect-CrRegistry cn-shanghai cri-test -PassThru -NoSession }; Expected = 'cri-test' }
        @{ Kind = 'deserialized'; What = 'connections'; Item = { ConvertTo-Deserialized (Connect-CrRegistry cn-shanghai cri-test -PassThru -NoSession) }; Expected = 'cri-test' }
        @{ Kind = 'listed'; What = 'connections without an instance'; Item = { Connect-CrRegistry cn-shanghai -PassThru -NoSession }; Expected = 'cn-shanghai' }
        @{ Kind = 'listed'; What = 'connections without a region'; Item = { Connect-CrRegistry -Endpoint http://127.0.0.1:1 -PassThru -NoSession }; Expected = 'http://127.0.0.1:1/' }
        @{ Kind = 'listed'; What = 'connections without both'; Item = { Connect-CrRegistry -PassThru -NoSession }; Expected = 'no instance' }
    ) {
        $text = & $Item | Format-Wide -Column 1 | Out-String -Width 80
        "$(@($text -split '\r?\n' | ForEach-Object { $_.Trim() } | Where-Object { $_ }))" | Should -BeExactly $Expected
    }
}

Describe 'A serialized connection' {
    It 'has the properties of a connection and no members of views' {
        $copy = ConvertTo-Deserialized (Connect-CrRegistry -PassThru -NoSession)
        $names = $copy.psobject.Properties.Where({ $_.Name -cne 'DisplayContext' }).Name | Sort-Object
        $names | Should -BeExactly ([CrRegistry.CrContext].GetProperties().Name | Sort-Object)
    }
}

Describe 'In Constrained Language Mode' {
    It 'all columns of <What> are filled' -ForEach @(
        @{ What = 'a tag'; Expected = '^NORMAL +25[.,]9 MB +12 days +0123456789ab v1$'
            Item = "[CrRegistry.ImageTag]@{ Tag = 'v1'; Status = 'NORMAL'; ImageSize = 27107966; ImageUpdate = (Get-Date).AddDays(-12.5); Digest = '0123456789abcdef'; RepoNamespaceName = 'team'; RepoName = 'app' }" }
        @{ What = 'a repository'; Expected = '^NORMAL +PRIVATE +12 days +crr-x +team/app$'
            Item = "[CrRegistry.Repository]@{ RepoId = 'crr-x'; RepoStatus = 'NORMAL'; RepoType = 'PRIVATE'; ModifiedTime = (Get-Date).AddDays(-12.5); RepoNamespaceName = 'team'; RepoName = 'app' }" }
        @{ What = 'a measured repository'; Expected = '^ +3 +2 +25[.,]9 MB +12 days \u2581\u2581\u2588\u2585\u2581\u2581\u2581 +team/app$'
            Item = "[CrRegistry.MeasuredRepository]@{ Tags = 3; Images = 2; Size = 27107966; Newest = (Get-Date).AddDays(-12.5); AgeUnder1Day = 0; Age1To7Days = 0; Age7To30Days = 2; Age30To90Days = 1; Age90To180Days = 0; Age180To365Days = 0; AgeOver365Days = 0; RepoNamespaceName = 'team'; RepoName = 'app' }" }
        @{ What = 'a namespace'; Expected = '^NORMAL +PRIVATE +True +crn-x +team$'; List = '^NamespaceName +: team$'
            Item = "[CrRegistry.Namespace]@{ NamespaceId = 'crn-x'; NamespaceName = 'team'; NamespaceStatus = 'NORMAL'; DefaultRepoType = 'PRIVATE'; AutoCreateRepo = `$true }" }
        @{ What = 'an instance'; Expected = '^RUNNING +Basic +cn-x +cri-x +prod$'; List = '^InstanceName +: prod$'
            Item = "[CrRegistry.Instance]@{ InstanceId = 'cri-x'; InstanceName = 'prod'; InstanceStatus = 'RUNNING'; InstanceSpecification = 'Enterprise_Basic'; RegionId = 'cn-x' }" }
    ) {
        $child = Invoke-ChildShell @"
Import-Module '$(Get-ModuleUnderTest)'
`$item = $Item
`$copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(`$item))
`$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
`$item | Format-Table | Out-String -Width 80
`$copy | Format-Table | Out-String -Width 80
`$item | Format-List | Out-String -Width 80
`$ExecutionContext.SessionState.LanguageMode
"@
        $lines = @($child.Output -replace '\x1b\[[0-9;]*m' -split '\r?\n' | ForEach-Object { $_.TrimEnd() } | Where-Object { $_ })
        @($lines -match $Expected).Count | Should -Be 2
        $lines -match $(if ($List) { $List } else { '^Repository +: team/app$' }) | Should -Not -BeNullOrEmpty
        $lines[-1] | Should -BeExactly 'ConstrainedLanguage'
    }
}

Describe 'PowerShell''s own list of <Kind> <What>' -ForEach @(
    @{ Kind = 'listed'; What = 'tags'; Labels = 'DisplayRepository', 'DisplayTag', 'DisplayStatus', 'DisplaySize', 'DisplayUpdated', 'DisplayDigest' }
    @{ Kind = 'deserialized'; What = 'tags'; Labels = 'DisplayRepository', 'DisplayTag', 'DisplayStatus', 'DisplaySize', 'DisplayUpdated', 'DisplayDigest' }
    @{ Kind = 'listed'; What = 'repositories'; Labels = 'DisplayRepository', 'DisplayRepoId', 'DisplayRepoStatus', 'DisplayRepoType', 'DisplaySummary', 'DisplayModified' }
    @{ Kind = 'deserialized'; What = 'repositories'; Labels = 'DisplayRepository', 'DisplayRepoId', 'DisplayRepoStatus', 'DisplayRepoType', 'DisplaySummary', 'DisplayModified' }
) {
    BeforeAll {
        $hostile = "a$([char] 27)[35m$([char] 0x202E)`nb"
        $tag = [CrRegistry.ImageTag]@{ Tag = $hostile; Digest = $hostile; ImageId = $hostile; Status = $hostile; RepoId = $hostile; RepoName = $hostile; RepoNamespaceName = $hostile }
        $repository = [CrRegistry.Repository]@{ RepoId = $hostile; RepoName = $hostile; RepoNamespaceName = $hostile; RepoStatus = $hostile; RepoType = $hostile; Summary = $hostile; Detail = $hostile }
        $first, $second = if ($What -eq 'tags') { $repository, $tag } else { $tag, $repository }
        if ($Kind -eq 'deserialized') { $first, $second = ConvertTo-Deserialized $first, $second }
    }

    It 'shows safe text after a table of another type' {
        $text = $first, $second | Out-String -Width 120
        @($text -split '\r?\n' | Where-Object { $_ -match '^\w+ +: ' } | ForEach-Object { ($_ -split ' +: ', 2)[0] }) | Should -BeExactly $Labels
        $text | Should -Not -Match '[\x1b\u202E]'
        $text | Should -BeLike '*a\u001b`[35m\u202e\nb*'
    }

    It 'shows safe text in Format-Custom' {
        $second | Format-Custom | Out-String -Width 120 | Should -Not -Match '[\x1b\u202E]'
    }
}

Describe 'The members that the views show' {
    It 'appear in no output of <Kind> <What>' -ForEach @(
        @{ Kind = 'listed'; What = 'tags'; Item = { $listed[0] }; Count = 12 }
        @{ Kind = 'deserialized'; What = 'tags'; Item = { $deserialized[0] }; Count = 12 }
        @{ Kind = 'listed'; What = 'repositories'; Item = { $repositories[0] }; Count = 14 }
        @{ Kind = 'deserialized'; What = 'repositories'; Item = { ConvertTo-Deserialized $repositories[0] }; Count = 14 }
        @{ Kind = 'listed'; What = 'measured repositories'; Item = { Measure-CrRepository team/app -WarningAction Ignore }; Count = 18 }
        @{ Kind = 'deserialized'; What = 'measured repositories'; Item = { ConvertTo-Deserialized (Measure-CrRepository team/app -WarningAction Ignore) }; Count = 18 }
    ) {
        $one = & $Item
        @($one.PSObject.Properties).Count | Should -Be $Count
        @($one | Select-Object -Property * | ForEach-Object { $_.PSObject.Properties }).Count | Should -Be $Count
        @(($one | ConvertTo-Csv -NoTypeInformation)[0] -split ',').Count | Should -Be $Count
        foreach ($text in ($one | ConvertTo-Json), ($one | Format-List -Property * | Out-String), [System.Management.Automation.PSSerializer]::Serialize($one), ($one | Get-Member | Out-String)) {
            $text | Should -Not -BeLike '*Display*'
        }
    }

    It 'are not returned by jobs' {
        $job = Start-Job -ScriptBlock { Import-Module $args[0]; [CrRegistry.ImageTag]@{ Tag = 'v1'; Digest = 'abc' } } -ArgumentList (Get-ModuleUnderTest)
        $tag = $job | Receive-Job -Wait -AutoRemoveJob
        $tag.Tag | Should -BeExactly 'v1'
        $tag.PSObject.Properties.Name -like 'Display*' | Should -BeNullOrEmpty
        ($tag | Out-String) | Should -Match 'abc +v1'
    }
}

Describe 'Tags and repositories compare by their keys' {
    BeforeAll {
        function New-Tag {
            param([string] $Tag, [string] $Digest, [string] $RepoId = 'crr-a', [string] $InstanceId = 'cri-a')
            [CrRegistry.ImageTag]@{ Tag = $Tag; Digest = $Digest; RepoId = $RepoId; InstanceId = $InstanceId }
        }
    }

    It 'a moved digest is a difference (<Kind>)' -ForEach @(@{ Kind = 'listed' }, @{ Kind = 'deserialized' }) {
        $yesterday = New-Tag v1 a; $today = New-Tag v1 b
        if ($Kind -eq 'deserialized') { $yesterday = ConvertTo-Deserialized $yesterday }
        $difference = @(Compare-Object -ReferenceObject @($yesterday, (New-Tag v2 c)) -DifferenceObject @($today, (New-Tag v2 c)))
        "$($difference | ForEach-Object { $_.InputObject.Digest + $_.SideIndicator })" | Should -BeExactly 'b=> a<='
    }

    It 'an unchanged list has no difference' {
        Compare-Object -ReferenceObject @((New-Tag v1 a), (New-Tag v2 b)) -DifferenceObject @((New-Tag v2 b), (New-Tag v1 a)) | Should -BeNullOrEmpty
    }

    It 'tags of different repositories and instances are different' {
        $tags = (New-Tag v1 a), (New-Tag v1 a 'crr-b'), (New-Tag v1 a 'crr-a' 'cri-b'), (New-Tag v1 b), (New-Tag v1 a)
        @($tags | Sort-Object -Unique).Count | Should -Be 4
    }

    It 'repositories are sorted by name, and one that was created again is a difference' {
        $old = [CrRegistry.Repository]@{ InstanceId = 'cri-a'; RepoNamespaceName = 'team'; RepoName = 'web'; RepoId = 'crr-1' }
        $new = [CrRegistry.Repository]@{ InstanceId = 'cri-a'; RepoNamespaceName = 'team'; RepoName = 'web'; RepoId = 'crr-2' }
        $app = [CrRegistry.Repository]@{ InstanceId = 'cri-a'; RepoNamespaceName = 'team'; RepoName = 'app'; RepoId = 'crr-9' }
        "$(@($new, $app, $old | Sort-Object | ForEach-Object RepoId))" | Should -BeExactly 'crr-9 crr-1 crr-2'
        @(Compare-Object $old $new).Count | Should -Be 2
    }
}

Describe 'The completion of -RegionId' {
    It 'offers the regions that begin with the typed text (<Line>)' -ForEach @(
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

    It 'offers all regions for an empty text' {
        $line = 'Connect-CrRegistry -RegionId '
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.Count | Should -BeGreaterThan 20
    }
}
