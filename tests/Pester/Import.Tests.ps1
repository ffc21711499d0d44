# The import of the module, repeated imports, and their effects on a session.

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support/TestSupport.psm1" -Force
    Import-ModuleUnderTest
    $path = Get-ModuleUnderTest
}

AfterAll { Disconnect-CrRegistry }

Describe 'The module' {
    It 'exports exactly the cmdlets of its manifest' {
        $module = Get-Module -Name CrRegistry
        $manifest = Import-PowerShellDataFile -Path $path
        "$($module.ExportedCommands.Keys | Sort-Object)" | Should -BeExactly "$($manifest.CmdletsToExport | Sort-Object)"
        "$($module.Version)" | Should -BeExactly $manifest.ModuleVersion
        Test-ModuleManifest -Path $path -ErrorAction Stop | Should -Not -BeNullOrEmpty
    }

    It 'has a declared output and an approved verb on each cmdlet' {
        foreach ($command in Get-Command -Module CrRegistry) {
            $command.OutputType.Count | Should -BeGreaterThan 0 -Because $command.Name
            (Get-Verb).Verb | Should -Contain $command.Verb
        }
    }

    It 'accepts no secret as a string' {
        foreach ($command in Get-Command -Module CrRegistry) {
            $command.Parameters.Values | Where-Object { $_.Name -match 'Secret|Token|Password' -and $_.ParameterType -eq [string] } | Should -BeNullOrEmpty
        }
    }

    It 'works after Import-Module -Force, ten times' {
        $stub = New-StubService -Tags 120
        Connect-StubService -Stub $stub
        for ($time = 1; $time -le 10; $time++) { Import-Module -Name $path -Force -Global }
        (Get-CrContext).InstanceId | Should -BeExactly 'cri-test'
        $tags = Get-CrRepoTag team/app -All
        $tags.Count | Should -Be 120
        $tags[0] | Should -BeOfType [CrRegistry.ImageTag]
        @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'CrRegistry.Client' }).Count | Should -Be 1
    }
}

Describe 'In a new process' {
    It 'the import needs no file of dependencies/ and adds nothing to $Error' {
        # Loaded assemblies are not counted, because pwsh precompiles code of earlier processes, including the client.
        $bare = Join-Path $TestDrive 'bare/CrRegistry'
        $null = New-Item -Path $bare -ItemType Directory -Force
        Get-ChildItem -LiteralPath (Split-Path -Parent $path) -File | Copy-Item -Destination $bare
        $result = Invoke-ChildShell -Script "
            Import-Module '$bare'
            'errors: ' + `$Error.Count
            'type: ' + [CrRegistry.ImageTag].Name
        "
        $result.Output | Should -BeExactly 'errors: 0', 'type: ImageTag'
        $result.ExitCode | Should -Be 0
    }

    It 'the module can be removed and imported again' {
        $result = Invoke-ChildShell -Script "
            Import-Module '$path'
            Connect-CrRegistry cn-shanghai
            Remove-Module CrRegistry
            Import-Module '$path'
            Connect-CrRegistry cn-beijing
            (Get-CrContext).RegionId
            'errors: ' + `$Error.Count
        "
        $result.Output | Should -BeExactly 'cn-beijing', 'errors: 0'
    }

    It 'a script with a terminating error ends with an exit code' {
        $result = Invoke-ChildShell -Script "
            `$ErrorActionPreference = 'Stop'
            Import-Module '$path'
            Get-CrRepoTag team/app
            'went on'
        "
        $result.ExitCode | Should -Not -Be 0
        $result.Output | Should -Not -Contain 'went on'
        "$($result.Output)" | Should -BeLike '*There is no connection*'
    }
}
