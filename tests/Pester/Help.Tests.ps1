# The output of Get-Help for each cmdlet at a prompt.

BeforeDiscovery {
    $manifest = Import-PowerShellDataFile -Path "$PSScriptRoot/../../CrRegistry.psd1"
    $commands = $manifest.CmdletsToExport
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support/TestSupport.psm1" -Force
    Import-ModuleUnderTest
    $common = @([System.Management.Automation.Internal.CommonParameters].GetProperties().Name) + 'ProgressAction'
}

Describe 'Get-Help <_>' -ForEach $commands {
    BeforeAll {
        $command = Get-Command -Name $_ -Module CrRegistry
        $help = Get-Help -Name $_ -Full
    }

    It 'has a synopsis and a description' {
        # Without a help file, the engine generates a synopsis from the syntax.
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -BeLike "*$($command.Name)*"
        "$($help.Description.Text)" | Should -Match '\w{3}'
    }

    It 'describes exactly the parameters' {
        $expected = $command.Parameters.Values |
            Where-Object { $_.Name -notin $common -and -not ($_.Attributes | Where-Object { $_.DontShow }) } | ForEach-Object Name | Sort-Object
        $described = @($help.Parameters.Parameter | Where-Object { $_ -and $_.Name } | ForEach-Object Name | Sort-Object)
        "$described" | Should -BeExactly "$expected"
        foreach ($parameter in $help.Parameters.Parameter | Where-Object { $_ -and $_.Name }) {
            "$($parameter.Description.Text)" | Should -Match '\w{3}' -Because $parameter.Name
        }
    }

    It 'has an example with code and a remark' {
        $examples = @($help.Examples.Example)
        $examples.Count | Should -BeGreaterThan 0
        foreach ($example in $examples) {
            $example.Code | Should -Match $command.Noun
            "$($example.Remarks.Text)" | Should -Match '\w{3}'
        }
    }

    It 'has no placeholder' {
        $help | Out-String -Width 200 | Should -Not -Match '\{\{'
    }
}

Describe 'Get-Help about_CrRegistry' {
    It 'is found, and contains the first steps' {
        $text = Get-Help -Name about_CrRegistry | Out-String
        $text | Should -BeLike '*Connect-CrRegistry*Get-CrRepoTag*'
    }
}
