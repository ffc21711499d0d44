# Names that look like numbers, in the shell that converts them to numbers.

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support/TestSupport.psm1" -Force
    Import-ModuleUnderTest
    $names = '1.10', '1.1', '1.20', '1.2', '007', '7', '1kb', '1024', '100'
    $stub = New-StubService -Tags $names.Count
    for ($row = 0; $row -lt $names.Count; $row++) { $stub.Repository.Rows[$row].Fields['Tag'] = $names[$row] }
    Connect-StubService -Stub $stub
    $json = ConvertFrom-Json -InputObject '{ "tag": 1.10, "tags": [1.10, 2], "big": 1e2, "time": "2026-01-02T03:04:05Z", "texts": ["1.10", "007"] }'
}

AfterAll { Disconnect-CrRegistry }

Describe 'A name that arrives as a number' {
    It 'is rejected, with advice to quote it (<Case>)' -ForEach @(
        @{ Case = 'a list'; Script = { Get-CrRepoTag team/app -Tag 1.10, 1.20 } }
        @{ Case = 'a list by position'; Script = { Get-CrRepoTag team/app 1kb, 007 } }
        @{ Case = 'a variable'; Script = { $tag = 1.10; Get-CrRepoTag team/app -Tag $tag } }
        @{ Case = 'a splatted list'; Script = { $splat = @{ Tag = 1.10, 1.20 }; Get-CrRepoTag team/app @splat } }
        @{ Case = 'a splatted number'; Script = { $splat = @{ Tag = 1.10 }; Get-CrRepoTag team/app @splat } }
        @{ Case = 'a JSON number'; Script = { Get-CrRepoTag team/app -Tag $json.tag } }
        @{ Case = 'a JSON list'; Script = { Get-CrRepoTag team/app -Tag $json.tags } }
        @{ Case = 'an item of a JSON list'; Script = { Get-CrRepoTag team/app -Tag $json.tags[0] } }
        @{ Case = 'a JSON number with an exponent'; Script = { Get-CrRepoTag team/app -Tag $json.big } }
        @{ Case = 'a JSON time'; Script = { Get-CrRepoTag team/app -Tag $json.time } }
        @{ Case = 'the output of a command'; Script = { Get-CrRepoTag team/app -Tag (1.10, 1.20 | Select-Object -Last 1) } }
        @{ Case = 'names of repositories'; Script = { Get-CrRepository -Name 007, 1.10 } }
        @{ Case = 'a variable, beside an equal literal'; Script = { $tag = 1.10; Get-CrRepoTag team/app -Tag $tag | ForEach-Object { Get-CrRepoTag team/app -Tag 1.1 } } }
        @{ Case = 'a variable, beside an equal literal in a sub-expression'; Script = { $tag = 1.10; Get-CrRepoTag team/app -Tag $tag | Where-Object Digest -EQ (Get-CrRepoTag team/app -Tag 1.1).Digest } }
        @{ Case = 'a splatted number, beside an equal literal'; Script = { $splat = @{ Tag = 007 }; Get-CrRepoTag team/app @splat | ForEach-Object { Get-CrRepoTag team/app -Tag 7 } } }
        @{ Case = 'a variable, in a command with an alias'; Script = { $tag = 007; Set-Alias -Name tags -Value Get-CrRepoTag; tags team/app -Tag $tag | ForEach-Object { Get-CrRepoTag team/app -Tag 7 } } }
        @{ Case = 'the argument of a command in a variable'; Script = { $tag = 007; $command = 'Get-CrRepoTag'; & $command team/app -Tag $tag | ForEach-Object { Get-CrRepoTag team/app -Tag 7 } } }
    ) {
        $stub.Forget()
        $record = Invoke-Recorded $Script
        $record.Output | Should -BeNullOrEmpty
        "$($record.Failure)" | Should -BeLike '*is a value of type*Quote each name*'
        $stub.Requests.Count | Should -Be 0
    }
}

Describe 'A name that is not text' {
    It 'is rejected, with advice to specify text (<Case>)' -ForEach @(
        @{ Case = 'a hashtable'; Script = { Get-CrRepoTag team/app -Tag @{ a = 1 } } }
        @{ Case = 'a hashtable in a list'; Script = { Get-CrRepoTag team/app -Tag 'v1', @{ a = 1 } } }
        @{ Case = 'an ordered dictionary'; Script = { Get-CrRepoTag team/app -Tag ([ordered]@{ a = 1 }) } }
        @{ Case = 'a pscustomobject'; Script = { Get-CrRepoTag team/app -Tag ([pscustomobject]@{ Tag = '1.10' }) } }
        @{ Case = 'a script block'; Script = { Get-CrRepository -Name 'v1', { 'app' } } }
        @{ Case = 'an object without its own text'; Script = { Get-CrRepoTag team/app -Tag (New-Object -TypeName System.Object) } }
    ) {
        $stub.Forget()
        $record = Invoke-Recorded $Script
        $record.Output | Should -BeNullOrEmpty
        "$($record.Failure)" | Should -BeLike '*is not a name. Specify text*'
        $stub.Requests.Count | Should -Be 0
    }
}

Describe 'A name that arrives with its text' {
    It 'is looked up as it was written (<Expected>)' -ForEach @(
        @{ Expected = '1.10'; Script = { Get-CrRepoTag team/app -Tag 1.10 } }
        @{ Expected = '1.1'; Script = { Get-CrRepoTag team/app -Tag 1.1 } }
        @{ Expected = '7'; Script = { Get-CrRepoTag team/app 7 } }
        @{ Expected = '007'; Script = { Get-CrRepoTag team/app 007 } }
        @{ Expected = '1kb'; Script = { Get-CrRepoTag team/app -Tag:1kb } }
        @{ Expected = '1.10'; Script = { Get-CrRepoTag team/app -Tag (Write-Output 1.10) } }
        @{ Expected = '1.10 007'; Script = { Get-CrRepoTag team/app -Tag $json.texts } }
        @{ Expected = '1.10 1.20'; Script = { Get-CrRepoTag team/app -Tag '1.10', '1.20' } }
        @{ Expected = '1.1'; Script = { Get-CrRepoTag team/app -Tag ([version]'1.1') } }
        @{ Expected = '1.10 007'; Script = { Get-CrRepoTag team/app -Tag (Get-CrRepoTag team/app -Tag '1.10', '007') } }
        @{ Expected = '1.10 007'; Script = { Get-CrRepoTag team/app -Tag (Get-CrRepoTag team/app -Tag '1.10', '007' | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_)) }) } }
        @{ Expected = '1.10 007'; Script = { Get-CrRepoTag team/app -Tag ([xml]'<a><t>1.10</t><t>007</t></a>').a.t } }
        @{ Expected = '1.1'; Script = { (Get-CrRepoTag team/app -Tag 1.1 | Where-Object Digest -EQ (Get-CrRepoTag team/app -Tag '1.1').Digest) } }
        @{ Expected = '7'; Script = { 'team/app' | Get-CrRepoTag -Tag 7 | Sort-Object -Property Tag } }
    ) {
        $record = Invoke-Recorded $Script
        $record.Failure | Should -BeNullOrEmpty
        "$($record.Output.Tag)" | Should -BeExactly $Expected
    }
}
