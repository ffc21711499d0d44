#Requires -Version 7.4
<#
.SYNOPSIS
Publishes the package in out/packages.

.DESCRIPTION
The release workflow runs it. The secrets are in environment variables, so that no command line contains them. GALLERY_KEY is the key for
the repository; SIGNING_CERTIFICATE, a PFX file in Base64, and SIGNING_PASSWORD are optional. With a certificate the package
gets a signed catalog, CrRegistry.cat, which Install-PSResource -AuthenticodeCheck verifies on Windows. The files that were
tested are not changed.

.PARAMETER Repository
The name of a registered repository of PSResourceGet.

.PARAMETER Path
The folder of the package.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Repository,

    [ValidateNotNullOrEmpty()]
    [string] $Path = (Join-Path $PSScriptRoot '../out/packages')
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function New-SignedPackage {
    param([string] $Package, [string] $Folder)
    $module = Join-Path $Folder 'CrRegistry'
    [System.IO.Compression.ZipFile]::ExtractToDirectory($Package, $module)
    # The files of the package format are created again.
    Remove-Item -LiteralPath (Join-Path $module '_rels'), (Join-Path $module 'package'), (Join-Path $module '[Content_Types].xml'), (Join-Path $module 'CrRegistry.nuspec') -Recurse
    $certificate = [System.Security.Cryptography.X509Certificates.X509CertificateLoader]::LoadPkcs12([Convert]::FromBase64String($env:SIGNING_CERTIFICATE), $env:SIGNING_PASSWORD)
    $catalog = Join-Path $module 'CrRegistry.cat'
    $null = New-FileCatalog -Path $module -CatalogFilePath $catalog -CatalogVersion 2.0
    $signature = Set-AuthenticodeSignature -FilePath $catalog -Certificate $certificate -HashAlgorithm SHA256 -TimestampServer 'http://timestamp.digicert.com'
    if ($signature.Status -ne 'Valid') { throw "The catalog was not signed: $($signature.StatusMessage)" }
    Compress-PSResource -Path $module -DestinationPath $Folder
    Join-Path $Folder (Split-Path -Leaf $Package)
}

$packages = @(Get-Item -Path (Join-Path $Path '*.nupkg'))
if ($packages.Count -ne 1) { throw "'$Path' contains $($packages.Count) packages. It must contain exactly one." }
$package = $packages[0].FullName

$archive = [System.IO.Compression.ZipFile]::OpenRead($package)
try {
    $reader = [System.IO.StreamReader]::new($archive.GetEntry('CrRegistry.nuspec').Open())
    $address = ([xml] $reader.ReadToEnd()).package.metadata.projectUrl
}
finally { $archive.Dispose() }
if ($address -like '*//example.com/*') { throw "The package does not contain the address of the project. Set the property ProjectAddress, and build it again." }

$folder = (New-Item -ItemType Directory -Path (Join-Path ([System.IO.Path]::GetTempPath()) "CrRegistryRelease-$PID")).FullName
try {
    if ($env:SIGNING_CERTIFICATE) { $package = New-SignedPackage -Package $package -Folder $folder }
    $key = if ($env:GALLERY_KEY) { @{ ApiKey = $env:GALLERY_KEY } } else { @{} }
    Publish-PSResource -NupkgPath $package -Repository $Repository @key
}
finally { Remove-Item -LiteralPath $folder -Recurse }
