# Invoke-CrApi in a real shell: what it writes to files, and what it sends if nobody can be asked.

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support/TestSupport.psm1" -Force
    Import-ModuleUnderTest
    $stub = New-StubService
    Connect-StubService -Stub $stub
}

Describe 'The objects of Invoke-CrApi' {
    BeforeAll { $rows = @(Invoke-CrApi ListRepoTag @{ RepoId = 'crr-app' } -Paginate) }

    It 'have the fields of the service, in every export' {
        $names = 'Status', 'ImageCreate', 'ImageSize', 'Digest', 'ImageId', 'ImageUpdate', 'Tag'
        $rows.Tag | Should -Be 'v0', 'v1', 'v2'
        @($rows[0].psobject.Properties.Name) | Should -Be $names
        @(($rows[0] | ConvertTo-Json | ConvertFrom-Json).psobject.Properties.Name) | Should -Be $names
        @(($rows[0] | ConvertTo-Csv | ConvertFrom-Csv).psobject.Properties.Name) | Should -Be $names
        @(($rows[0] | Select-Object -Property *).psobject.Properties.Name) | Should -Be $names
    }

    It 'come back from a job with their view' {
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($rows[0]))
        $copy.Tag | Should -Be 'v0'
        $copy | Out-String | Should -BeLike '*Tag         : v0*'
    }
}

Describe 'A writing operation' {
    It 'sends nothing under -NonInteractive without -Confirm:$false' {
        $result = Invoke-ChildShell -Script @"
Import-Module '$PSScriptRoot/Support/TestSupport.psm1'
Import-ModuleUnderTest
`$stub = New-StubService
Connect-StubService -Stub `$stub
try { Invoke-CrApi DeleteRepoTag @{ RepoId = 'crr-app'; Tag = 'v0' } } catch { "`$_" }
"`$(`$stub.Requests.Count) requests"
"@
        $result.Output | Should -Be @(
            "This host cannot prompt, so an action was not confirmed (DeleteRepoTag, InstanceId=cri-test, RepoId=crr-app, Tag=v0). Use -Confirm:`$false to run it without a prompt."
            '0 requests'
        )
    }
}
