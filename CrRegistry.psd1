@{
    RootModule             = 'CrRegistry.dll'
    # The only place of the version. Directory.Build.props reads it from here.
    ModuleVersion          = '0.1.0'
    GUID                   = '6f0c2f4e-2d55-4c0e-9f5b-6b0f7f9f3c1d'
    Author                 = 'CrRegistry maintainers'
    CompanyName            = 'CrRegistry maintainers'
    Copyright              = '(c) CrRegistry maintainers. MIT License.'
    Description            = 'Lists, measures and cleans up the repositories and image tags of Alibaba Cloud Container Registry (Enterprise Edition), and calls any operation of its API.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Desktop', 'Core')
    TypesToProcess         = @('CrRegistry.Types.ps1xml')
    FormatsToProcess       = @('CrRegistry.Format.ps1xml')
    CmdletsToExport        = @(
        'Connect-CrRegistry'
        'Disconnect-CrRegistry'
        'Get-CrContext'
        'Get-CrInstance'
        'Get-CrLoginToken'
        'Get-CrNamespace'
        'Get-CrRepoTag'
        'Get-CrRepoTagScan'
        'Get-CrRepoTagVulnerability'
        'Get-CrRepository'
        'Invoke-CrApi'
        'Measure-CrRepository'
        'New-CrRepoTag'
        'Remove-CrRepoTag'
        'Select-CrStaleTag'
        'Start-CrRepoTagScan'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    # The build adds the staged files.
    FileList               = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @('AlibabaCloud', 'Aliyun', 'ACR', 'ContainerRegistry', 'Docker', 'OCI', 'Windows', 'Linux', 'MacOS', 'PSEdition_Desktop', 'PSEdition_Core')
            Prerelease   = 'preview1'
            # The build replaces the address with the property ProjectAddress.
            ProjectUri   = 'https://example.com/CrRegistry'
            LicenseUri   = 'https://example.com/CrRegistry/blob/main/LICENSE'
            ReleaseNotes = 'https://example.com/CrRegistry/blob/main/CHANGELOG.md'
        }
    }
}
