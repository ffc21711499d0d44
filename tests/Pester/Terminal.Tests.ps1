# The output in a real terminal with a hostile service. The tests can only open a terminal of Linux.

BeforeDiscovery { $hasTerminal = $PSVersionTable.PSEdition -eq 'Core' -and $IsLinux }

BeforeAll {
    function Get-Screen {
        param([string[]] $Arguments, [int] $Columns = 120)
        if (-not ('CrRegistry.Stub.PseudoTerminal' -as [type])) { Add-Type -Path "$PSScriptRoot/Support/PseudoTerminal.cs" }
        $program = (Get-Process -Id $PID).Path
        $assembly = @(if ([System.IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' })
        [CrRegistry.Stub.PseudoTerminal]::Run([string[]] (@($program) + $assembly + '-NoProfile' + '-NonInteractive' + $Arguments), $Columns, 50, [timespan]::FromMinutes(2))
    }
}

Describe 'A terminal with texts of a hostile service (<View>)' -Skip:(-not $hasTerminal) -ForEach @(
    @{ View = 'ConciseView' }
    @{ View = 'NormalView' }
) {
    BeforeAll {
        # So wide that only a line break of the service can begin a line with FORGED.
        $screen = Get-Screen -Columns 1000 -Arguments '-Command', "`$ErrorView = '$View'; . '$PSScriptRoot/Support/HostileText.ps1'"
    }

    It 'shows each text with visible escapes' {
        $screen | Should -BeLike '*== end*'
        $plain = $screen -replace '\x1b\[[0-9;?]*[A-Za-z]' -replace '[\r\n]'
        foreach ($name in 'Tag', 'Digest', 'ImageId', 'Status', 'RepoId', 'RepoName', 'RepoNamespaceName', 'RepoStatus', 'RepoType', 'RepoBuildType', 'Summary', 'Detail', 'ResourceGroupId',
            'InstanceId', 'InstanceName', 'InstanceStatus', 'InstanceSpecification', 'InstanceIssue', 'RegionId',
            'NamespaceId', 'NamespaceName', 'NamespaceStatus', 'DefaultRepoType', 'Verdict', 'Reason', 'Pattern', 'Reference', 'Problem', 'MeasuredName', 'MeasuredProblem',
            'CveName', 'CveLink', 'CveLocation', 'Severity', 'ScanType', 'Feature', 'Version', 'VersionFixed', 'VersionFormat', 'AddedBy', 'Description', 'FixCmd', 'AliasName', 'ScanStatus', 'ScanService',
            'Domain', 'Server', 'UserName',
            'AnyText', 'AnyNested', 'AnyName', 'AnyAction', 'AnyKey',
            'InputTag', 'InputId', 'InputInstance', 'InputRegion', 'InputRepository', 'InputNamespace', 'InputWildcard',
            'RejectionMessage', 'RejectionRequestId', 'RejectionCode', 'HeaderId', 'Time', 'Description') {
            $plain.Contains("$name\u001b[7777m") | Should -BeTrue -Because $name
        }
        $plain | Should -BeLike '*original: True*'
        $plain | Should -BeLike '*same: True*'
    }

    It 'receives no control sequence of the service' {
        foreach ($sequence in "`e[7777m", "`e]52", "`a", "`b", "`u{7F}", "`u{9B}", "`u{9C}", "`u{9D}") {
            $screen.IndexOf($sequence, [StringComparison]::Ordinal) | Should -Be -1 -Because ('of U+{0:X4} {1}' -f [int] $sequence[0], $sequence.Substring(1))
        }
    }

    It 'receives no invisible character and no line break of the service' {
        foreach ($character in 0x202E, 0x2066, 0x200F, 0x2028, 0x2029, 0xFEFF, 0x200B, 0x00AD, 0xE0041) {
            $screen.IndexOf([char]::ConvertFromUtf32($character), [StringComparison]::Ordinal) | Should -Be -1 -Because ('of U+{0:X4}' -f $character)
        }
        $screen | Should -Not -Match '(?m)^(\x1b\[[0-9;?]*[A-Za-z])*FORGED'
    }
}

Describe 'A terminal of 80 columns' -Skip:(-not $hasTerminal) {
    It 'shows each row of tags and repositories on one line' {
        $screen = Get-Screen -Columns 80 -Arguments '-Command', @"
`$PSStyle.OutputRendering = 'PlainText'
Import-Module '$PSScriptRoot/../../out/CrRegistry/CrRegistry.psd1'
[CrRegistry.Repository]@{ RepoId = 'crr-tquyps22md8purzx'; RepoStatus = 'DELETING'; RepoType = 'PRIVATE'; ModifiedTime = (Get-Date).AddDays(-1234.5); RepoNamespaceName = 'team'; RepoName = 'app' }
[CrRegistry.ImageTag]@{ Tag = 'release-2026.11.26-0123456789abcdef'; Status = 'DELETING'; ImageSize = 1048524; ImageUpdate = (Get-Date).AddDays(-1234.5); Digest = '0123456789abcdef'; RepoNamespaceName = 'team'; RepoName = 'app' } | Format-Table
"@
        $lines = @($screen -replace '\x1b[\[=>][0-9;?]*[A-Za-z]?' -split '\r?\n' | ForEach-Object { $_.TrimEnd() })
        $lines | Should -Contain 'DELETING PRIVATE  1234 days crr-tquyps22md8purzx team/app'
        $lines | Should -Contain 'DELETING 1023.9 KB  1234 days 0123456789ab release-2026.11.26-0123456789abcdef'
    }
}
