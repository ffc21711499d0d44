# Get-CrRepository in scripts: its output, its requests and its views.

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support/TestSupport.psm1" -Force
    Import-ModuleUnderTest

    # An instance with a number of repositories: team/app and team/r1, team/r2, …, each with one tag.
    function New-StubInstance {
        param([int] $Repositories)
        $stub = New-StubService -Tags 1
        for ($number = 1; $number -lt $Repositories; $number++) { $null = $stub.AddRepository('cri-test', "team/r$number", "crr-r$number", 1) }
        Connect-StubService -Stub $stub
        $stub
    }

    function Get-Line {
        param([object[]] $Repository, [int] $Width, [string] $As = 'Default')
        $text = if ($As -eq 'List') { $Repository | Format-List | Out-String -Width $Width } else { $Repository | Out-String -Width $Width }
        @($text -replace '\x1b\[[0-9;]*m' -split '\r?\n' | ForEach-Object { $_.TrimEnd() } | Where-Object { $_ })
    }
}

AfterAll { Disconnect-CrRegistry }

Describe 'Get-CrRepository <Arguments> of <Repositories> repositories' -ForEach @(
    @{ Arguments = ''; Repositories = 30; Given = 30; Requests = 1; Warned = $false }
    @{ Arguments = ''; Repositories = 31; Given = 30; Requests = 1; Warned = $true }
    @{ Arguments = '-PageSize 50'; Repositories = 51; Given = 50; Requests = 1; Warned = $true }
    @{ Arguments = '-All'; Repositories = 1; Given = 1; Requests = 1; Warned = $false }
    @{ Arguments = '-All'; Repositories = 100; Given = 100; Requests = 2; Warned = $false }
    @{ Arguments = '-All'; Repositories = 101; Given = 101; Requests = 4; Warned = $false }
    @{ Arguments = '-All'; Repositories = 2000; Given = 2000; Requests = 23; Warned = $false }
    @{ Arguments = '-PageNo 2'; Repositories = 40; Given = 10; Requests = 1; Warned = $false }
    @{ Arguments = '-PageNo 9'; Repositories = 40; Given = 0; Requests = 1; Warned = $false }
    @{ Arguments = '-First 3'; Repositories = 2000; Given = 3; Requests = 1; Warned = $false }
    @{ Arguments = '-First 150'; Repositories = 2000; Given = 150; Requests = 2; Warned = $false }
    @{ Arguments = '-Skip 100 -First 5'; Repositories = 2000; Given = 5; Requests = 2; Warned = $false }
    @{ Arguments = '-First 0'; Repositories = 5; Given = 0; Requests = 0; Warned = $false }
    @{ Arguments = 'team/*'; Repositories = 40; Given = 40; Requests = 1; Warned = $false }
    @{ Arguments = 'r1?'; Repositories = 40; Given = 10; Requests = 1; Warned = $false }
    @{ Arguments = '-Namespace team'; Repositories = 40; Given = 40; Requests = 1; Warned = $false }
    @{ Arguments = '-Namespace other'; Repositories = 40; Given = 0; Requests = 1; Warned = $false }
    @{ Arguments = 'team/app'; Repositories = 40; Given = 1; Requests = 1; Warned = $false }
    @{ Arguments = 'crr-r7'; Repositories = 40; Given = 1; Requests = 1; Warned = $false }
) {
    It 'returns <Given>, for <Requests> requests, and warns: <Warned>' {
        $stub = New-StubInstance -Repositories $Repositories
        $record = Invoke-Recorded ([scriptblock]::Create("Get-CrRepository $Arguments"))
        $record.Failure | Should -BeNullOrEmpty
        $record.Errors | Should -BeNullOrEmpty
        $record.Output.Count | Should -Be $Given
        $stub.Requests.Count | Should -Be $Requests
        $record.Warnings.Count | Should -Be ([int] $Warned)
        if ($Warned) { $record.Warnings[0] | Should -BeLike "*'cri-test' ($Given of $Repositories repositories)*-All for all repositories*" }
    }
}

Describe 'Get-CrRepository at a prompt' {
    BeforeEach { $stub = New-StubInstance -Repositories 300 }

    It 'stops reading if Select-Object -First has enough' {
        (Get-CrRepository -All | Select-Object -First 3).RepoName | Should -BeExactly @('app', 'r1', 'r2')
        $stub.Requests.Count | Should -Be 1
    }

    It 'works under strict mode' {
        $names = & {
            Set-StrictMode -Version 3.0
            Get-CrRepository -All | Where-Object RepoStatus -EQ NORMAL | ForEach-Object { "$_" }
        }
        $names.Count | Should -Be 300
        $names[0] | Should -BeExactly 'team/app'
    }

    It 'rejects <Arguments> before any request' -ForEach @(
        @{ Arguments = '-PageNo 1 -All'; Told = '*-PageNo returns one page*' }
        @{ Arguments = '-PageNo 1 -Name r*'; Told = '*-PageNo returns one page*' }
        @{ Arguments = '-PageSize 0'; Told = '*1*' }
        @{ Arguments = "''"; Told = '*The Name is empty*' }
        @{ Arguments = 'Team/App'; Told = "*'Team/App' is not the name of a repository*" }
        @{ Arguments = "'r['"; Told = "*'r``[' is not a valid wildcard*" }
        @{ Arguments = "-Namespace 'te*'"; Told = "*is not the name of a namespace*" }
        @{ Arguments = '-RepoId app'; Told = "*'app' is not the ID of a repository*" }
    ) {
        $record = Invoke-Recorded ([scriptblock]::Create("Get-CrRepository $Arguments"))
        "$($record.Failure)" | Should -BeLike $Told
        $stub.Requests.Count | Should -Be 0
    }

    It 'reports a missing name, and returns the others' {
        $record = Invoke-Recorded { Get-CrRepository team/app, team/gone, team/r1 }
        "$($record.Output)" | Should -BeExactly 'team/app team/r1'
        $record.Errors.Count | Should -Be 1
        $record.Errors[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $record.Errors[0].TargetObject | Should -BeExactly 'team/gone'
    }
}

Describe 'Get-CrRepository -All | Get-CrRepoTag -All' {
    It 'returns the tags of 2000 repositories, in their order, with one listing for each' {
        $stub = New-StubInstance -Repositories 2000
        $record = Invoke-Recorded { Get-CrRepository -All | Get-CrRepoTag -All }
        $record.Failure | Should -BeNullOrEmpty
        $record.Errors | Should -BeNullOrEmpty
        $record.Warnings | Should -BeNullOrEmpty
        ($record.Output.RepoId -join ' ') -ceq ((@('crr-app') + (1..1999 | ForEach-Object { "crr-r$_" })) -join ' ') | Should -BeTrue
        $stub.RequestsOf('ListRepoTag').Count | Should -Be 2000
        $stub.RequestsOf('GetRepository').Count | Should -Be 0
    }

    It 'reports a repository that was deleted after it was listed, and lists the others' {
        $stub = New-StubInstance -Repositories 20
        $repositories = @(Get-CrRepository -All)
        $repositories[7].RepoId = 'crr-gone'
        $record = Invoke-Recorded { $repositories | Get-CrRepoTag -All }
        $record.Failure | Should -BeNullOrEmpty
        $record.Output.Count | Should -Be 19
        $record.Errors.Count | Should -Be 1
        $record.Errors[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $record.Errors[0].TargetObject | Should -BeExactly 'crr-gone'
    }
}

Describe 'A <_> in the pipeline' -ForEach 'pscustomobject', 'row of Import-Csv', 'ImageTag', 'Repository', 'deserialized Repository' {
    BeforeEach {
        $fields = @{ RepoId = 'crr-app'; InstanceId = 'cri-test'; RegionId = 'cn-shanghai' }
        $source = switch ($_) {
            'pscustomobject' { [pscustomobject] $fields }
            'row of Import-Csv' {
                [pscustomobject] $fields | Export-Csv -Path "$TestDrive/row.csv" -NoTypeInformation
                Import-Csv -Path "$TestDrive/row.csv"
            }
            'ImageTag' { New-Object -TypeName CrRegistry.ImageTag -Property ($fields + @{ Tag = 'v1' }) }
            'Repository' { New-Object -TypeName CrRegistry.Repository -Property ($fields + @{ RepoName = 'app'; RepoNamespaceName = 'team' }) }
            'deserialized Repository' {
                New-Object -TypeName CrRegistry.Repository -Property $fields | Export-Clixml -Path "$TestDrive/repository.xml"
                Import-Clixml -Path "$TestDrive/repository.xml"
            }
        }
        $stub = New-StubService -Tags 1
    }

    It 'specifies repository, instance and region, with another session and without a connection' {
        Connect-StubService -Stub $stub -RegionId cn-hangzhou -InstanceId cri-session
        "$($source | Get-CrRepository)" | Should -BeExactly 'team/app'
        $context = New-StubContext -Stub $stub
        "$($source | Get-CrRepository -Context $context)" | Should -BeExactly 'team/app'
        foreach ($request in $stub.RequestsOf('GetRepository')) {
            $request.Address.Host | Should -BeExactly 'cr.cn-shanghai.aliyuncs.com'
            $request.Query['InstanceId'] | Should -BeExactly 'cri-test'
            $request.Query['RepoId'] | Should -BeExactly 'crr-app'
        }
        $stub.Requests.Count | Should -Be 2
    }
}

Describe 'The view of <Kind> repositories, <Width> columns wide,' -ForEach @(
    @{ Kind = 'listed'; Width = 79 }
    @{ Kind = 'listed'; Width = 120 }
    @{ Kind = 'deserialized'; Width = 79 }
    @{ Kind = 'deserialized'; Width = 120 }
) {
    BeforeAll {
        $repositories = @(
            New-Object -TypeName CrRegistry.Repository -Property @{
                RepoId = 'crr-tquyps22md8purzx'; RepoNamespaceName = 'team'; RepoName = 'app'; RepoStatus = 'DELETING'; RepoType = 'PRIVATE'
                ModifiedTime = (Get-Date).AddDays(-1234).AddHours(-1); InstanceId = 'cri-kmsiwlxxdcvaduwb'; Summary = 'What the team ships.'
            }
            New-Object -TypeName CrRegistry.Repository -Property @{ RepoId = 'crr-0000000000000000'; RepoNamespaceName = 'n' * 60; RepoName = 'r' * 60 }
        )
        if ($Kind -eq 'deserialized') {
            $repositories = @($repositories | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_)) })
        }
    }

    It 'is a table of status, type, age, ID and name that fits the width' {
        $lines = Get-Line -Repository $repositories -Width $Width
        $lines[0] | Should -Match '^Status +Type +Modified +RepoId +Repository$'
        $lines[2] | Should -Match '^DELETING +PRIVATE +1234 days +crr-tquyps22md8purzx +team/app$'
        $lines[3] | Should -Match '^ +unknown +crr-0000000000000000 +n+'
        foreach ($line in $lines) { $line.Length | Should -BeLessOrEqual $Width }
        # The name is wrapped, so that it is shown in full.
        -join ($lines | Select-Object -Skip 3 | ForEach-Object { ($_ -split ' ')[-1] }) | Should -BeExactly "$('n' * 60)/$('r' * 60)"
    }

    It 'is a list of every field' {
        $lines = Get-Line -Repository $repositories[0] -Width $Width -As List
        @($lines | ForEach-Object { ($_ -split ' *: ', 2)[0].TrimEnd(' ', ':') }) | Should -BeExactly @(
            'Repository', 'RepoId', 'RepoStatus', 'RepoType', 'RepoBuildType', 'TagImmutability', 'Summary', 'Detail', 'CreateTime', 'ModifiedTime', 'InstanceId', 'RegionId', 'ResourceGroupId')
        $lines[0] | Should -BeLike '* : team/app'
    }
}
