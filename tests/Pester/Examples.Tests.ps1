# Runs the examples of the README and of the help pages, each in a separate PowerShell, with an emulator that contains
# the items of the examples. Only the endpoint and the typed input are replaced.

BeforeDiscovery {
    $root = (Resolve-Path -LiteralPath "$PSScriptRoot/../..").ProviderPath
    # The page of the module is a table of contents, and the one about credentials a reference. All others must have examples.
    $pages = @(
        Join-Path $root 'README.md'
        (Get-Item -Path "$root/docs/CrRegistry/*.md" -ErrorAction Ignore | Where-Object BaseName -NotIn 'CrRegistry', 'about_CrRegistry_Credentials').FullName
    ) | Where-Object { $_ }
    $documents = foreach ($page in $pages) {
        $text = if (Test-Path -LiteralPath $page) { Get-Content -LiteralPath $page -Raw -Encoding UTF8 } else { '' }
        $examples = foreach ($match in [regex]::Matches($text, '(?ms)^```powershell\r?\n(?<code>.*?)^```')) {
            # A test of the package runs the lines that install it, in a separate home folder.
            if ($match.Groups['code'].Value -match 'PSResource') { continue }
            @{ Line = @($text.Substring(0, $match.Index) -split "`n").Count; Code = $match.Groups['code'].Value }
        }
        @{ Document = $page.Substring($root.Length + 1).Replace('\', '/'); Examples = @($examples) }
    }
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support/TestSupport.psm1" -Force
    Import-Module -Name "$PSScriptRoot/Support/Emulator.psm1" -Force
    Import-ModuleUnderTest

    function New-SeedTag {
        param([string] $InstanceId, [string] $RegionId, [string] $RepoId, [string] $RepoName, [string[]] $Tag)
        $day = 0
        foreach ($name in $Tag) {
            $time = (Get-Date).AddDays(-$day++)
            New-Object -TypeName CrRegistry.ImageTag -Property @{
                Tag = $name; Digest = '{0:x64}' -f $day; ImageId = '{0:x64}' -f (1000 + $day); Status = 'NORMAL'; ImageSize = 1000000 * $day
                ImageCreate = $time; ImageUpdate = $time; InstanceId = $InstanceId; RegionId = $RegionId
                RepoId = $RepoId; RepoNamespaceName = 'team'; RepoName = $RepoName
            }
        }
    }

    # The items of the examples: two repositories of one instance, and one of another. 'team/gone' does not exist.
    $tags = @(
        New-SeedTag -InstanceId cri-kmsiwlxxdcvaduwb -RegionId cn-shanghai -RepoId crr-tquyps22md8purzx -RepoName app -Tag ('latest', '2.4.1' + (0..247 | ForEach-Object { "v$_" }))
        New-SeedTag -InstanceId cri-kmsiwlxxdcvaduwb -RegionId cn-shanghai -RepoId crr-web0000000000000 -RepoName web -Tag (@('latest') + (0..39 | ForEach-Object { "v$_" }))
        New-SeedTag -InstanceId cri-xkx6vujuhay0tahe -RegionId cn-hangzhou -RepoId crr-app0000000000000 -RepoName app -Tag (0..11 | ForEach-Object { "v$_" })
    )
    $seed = Join-Path $TestDrive 'seed.json'
    $tags | ConvertTo-Json | Set-Content -LiteralPath $seed -Encoding UTF8
    $emulator = Start-Emulator -Option "--seed `"$seed`""

    # The examples find the module by its name.
    $copies = Join-Path $TestDrive 'out'
    Copy-Item -LiteralPath (Split-Path -Parent (Get-ModuleUnderTest)) -Destination "$copies/CrRegistry" -Recurse

    # The profile of the aliyun CLI that one of the examples uses.
    $configuration = Join-Path $TestDrive 'config.json'
    $profiles = @{ name = 'production'; mode = 'AK'; region_id = 'cn-shanghai'; access_key_id = $emulator.AccessKeyId; access_key_secret = $emulator.AccessKeySecret }
    @{ profiles = @($profiles) } | ConvertTo-Json -Depth 3 | Set-Content -LiteralPath $configuration

    $preparation = @"
        `$ErrorActionPreference = 'Stop'
        Set-Location -LiteralPath '$TestDrive'
        `$separator = [System.IO.Path]::PathSeparator
        `$env:PSModulePath = '$(Join-Path $TestDrive 'Modules')' + `$separator + '$copies' + `$separator + `$env:PSModulePath
        `$env:ALIBABA_CLOUD_ACCESS_KEY_ID = '$($emulator.AccessKeyId)'
        `$env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = '$($emulator.AccessKeySecret)'
        `$env:ALIBABA_CLOUD_SECURITY_TOKEN = ''
        `$env:ALIBABA_CLOUD_CONFIG_FILE = '$configuration'
        `$PSDefaultParameterValues['*-Cr*:Endpoint'] = '$($emulator.Address)'
        function Get-Credential {
            New-Object -TypeName pscredential -ArgumentList '$($emulator.AccessKeyId)', (ConvertTo-SecureString -String '$($emulator.AccessKeySecret)' -AsPlainText -Force)
        }
        # Programs of the examples that a test computer does not have.
        function docker { if (-not @(`$input)) { throw 'No token.' } }
        function kubectl { 'prod-registry.cn-shanghai.cr.aliyuncs.com/team/app:v1 prod-registry-vpc.cn-shanghai.cr.aliyuncs.com/team/web:latest' }
        function Read-Host { ConvertTo-SecureString -String 'test-token' -AsPlainText -Force }
"@
}

AfterAll { Stop-Emulator -Emulator $emulator }

Describe 'The examples of <Document>' -ForEach $documents {
    It 'exist' {
        $Examples.Count | Should -BeGreaterThan 0
    }

    It 'run: line <Line>' -ForEach $Examples {
        $file = Join-Path $TestDrive 'example.ps1'
        # In the emulator, names of instances are their IDs.
        $runnable = $Code -replace '(?<=Get-CrInstance )production\b', 'emulator-duwb'
        [System.IO.File]::WriteAllText($file, $runnable, [System.Text.Encoding]::UTF8)
        # Recipes need a connected session.
        $connection = if ($Code -match '\b(Get-Cr|Measure-Cr|New-Cr|Start-Cr|Invoke-Cr|Disconnect-Cr)' -and $Code -notmatch 'Import-Module') { 'Connect-CrRegistry cn-shanghai cri-kmsiwlxxdcvaduwb' }
        $result = Invoke-ChildShell -Script "$preparation`n$connection`n. '$file'"
        $result.ExitCode | Should -Be 0 -Because ($result.Output -join "`n")
    }
}
