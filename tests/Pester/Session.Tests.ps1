# Connections, contexts and credentials, which never show a secret.

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support/TestSupport.psm1" -Force
    Import-ModuleUnderTest

    $variables = @(
        'ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_SECURITY_TOKEN', 'ALIBABA_CLOUD_REGION_ID', 'ALIBABA_CLOUD_PROFILE'
        'ALIBABA_CLOUD_OIDC_PROVIDER_ARN', 'ALIBABA_CLOUD_OIDC_TOKEN_FILE', 'ALIBABA_CLOUD_CREDENTIALS_URI'
    )
    # Without the user's files and the metadata service of this computer.
    $nothing = @{ ALIBABA_CLOUD_CLI_PROFILE_DISABLED = 'true'; ALIBABA_CLOUD_ECS_METADATA_DISABLED = 'true'; ALIBABA_CLOUD_CREDENTIALS_FILE = Join-Path $TestDrive 'credentials' }
    Set-Content -LiteralPath $nothing.ALIBABA_CLOUD_CREDENTIALS_FILE -Value ''
    $variables += $nothing.Keys
    $before = @{}
    foreach ($name in $variables) { $before[$name] = [Environment]::GetEnvironmentVariable($name) }

    function Set-TestEnvironment {
        param([hashtable] $Value)
        foreach ($name in $variables) { [Environment]::SetEnvironmentVariable($name, $(if ($Value.ContainsKey($name)) { $Value[$name] } else { $nothing[$name] })) }
    }
}

AfterAll {
    Disconnect-CrRegistry
    Set-TestEnvironment -Value $before
}

Describe 'Connect-CrRegistry' {
    BeforeEach {
        Set-TestEnvironment -Value @{}
        Disconnect-CrRegistry
        $stub = New-StubService
    }

    It 'sends no request, and returns nothing' {
        $record = Invoke-Recorded { Connect-StubService -Stub $stub }
        $record.Output | Should -BeNullOrEmpty
        $record.Failure | Should -BeNullOrEmpty
        $stub.Requests.Count | Should -Be 0
    }

    It 'sets the context that Get-CrContext returns' {
        Connect-CrRegistry cn-shanghai cri-test -Credential (New-TestCredential) -ThrottleLimit 5 -Vpc
        $context = Get-CrContext
        $context | Should -BeOfType [CrRegistry.CrContext]
        $context.RegionId | Should -BeExactly 'cn-shanghai'
        $context.InstanceId | Should -BeExactly 'cri-test'
        $context.AccessKeyId | Should -BeExactly 'test-key-id'
        $context.ThrottleLimit | Should -Be 5
        $context.Vpc | Should -BeTrue
    }

    It 'replaces the whole context' {
        Connect-CrRegistry cn-shanghai cri-test -Credential (New-TestCredential) -Vpc -ThrottleLimit 5
        Connect-CrRegistry cn-beijing
        $context = Get-CrContext
        $context.RegionId | Should -BeExactly 'cn-beijing'
        $context.InstanceId | Should -BeNullOrEmpty
        $context.AccessKeyId | Should -BeNullOrEmpty
        $context.ThrottleLimit | Should -Be 10
        $context.Vpc | Should -BeFalse
    }

    It 'returns the context with -PassThru' {
        $context = Connect-CrRegistry cn-shanghai -PassThru
        Get-CrContext | Should -Be $context
    }

    It 'uses the region of the environment if no region is specified' {
        Set-TestEnvironment -Value @{ ALIBABA_CLOUD_REGION_ID = 'cn-beijing' }
        (Connect-CrRegistry -PassThru).RegionId | Should -BeExactly 'cn-beijing'
        (Connect-CrRegistry -RegionId cn-shanghai -PassThru).RegionId | Should -BeExactly 'cn-shanghai'
    }

    It 'rejects an invalid region of the environment' {
        Set-TestEnvironment -Value @{ ALIBABA_CLOUD_REGION_ID = 'elsewhere.example/' }
        (Invoke-Recorded { Connect-CrRegistry }).Failure.FullyQualifiedErrorId | Should -BeLike 'RegionIdInvalid,*'
    }

    It 'supports two accounts in one script by their contexts' {
        $other = New-StubService -Tags 1
        $context = Connect-CrRegistry cn-shanghai cri-test -Credential (New-TestCredential -AccessKeyId 'other-key-id') -HttpMessageHandler $other -PassThru
        Connect-StubService -Stub $stub
        (Get-CrRepoTag crr-app -Context $context).Count | Should -Be 1
        (Get-CrRepoTag crr-app).Count | Should -Be 3
        $other.Requests[0].Authorization | Should -BeLike '*Credential=other-key-id,*'
        $stub.Requests[0].Authorization | Should -BeLike '*Credential=test-key-id,*'
    }

    It 'does not share cached names between accounts' {
        $other = New-StubService -RepoId crr-theirs
        $context = Connect-CrRegistry cn-shanghai cri-test -Credential (New-TestCredential -AccessKeyId 'other-key-id') -HttpMessageHandler $other -PassThru
        Connect-StubService -Stub $stub
        (Get-CrRepoTag team/app)[0].RepoId | Should -BeExactly 'crr-app'
        (Get-CrRepoTag team/app -Context $context)[0].RepoId | Should -BeExactly 'crr-theirs'
    }

    It 'does not dispose the specified handler' {
        Connect-StubService -Stub $stub
        $null = Get-CrRepoTag crr-app
        Disconnect-CrRegistry
        Connect-StubService -Stub $stub
        (Get-CrRepoTag crr-app).Count | Should -Be 3
    }
}

Describe 'Disconnect-CrRegistry' {
    BeforeEach { Set-TestEnvironment -Value @{} }

    It 'drops the context' {
        $stub = New-StubService
        Connect-StubService -Stub $stub
        Disconnect-CrRegistry
        Get-CrContext | Should -BeNullOrEmpty
        $record = Invoke-Recorded { Get-CrRepoTag crr-app }
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'InstanceIdMissing,*'
        $stub.Requests.Count | Should -Be 0
    }

    It 'may be run twice' {
        Disconnect-CrRegistry
        (Invoke-Recorded { Disconnect-CrRegistry }).Failure | Should -BeNullOrEmpty
    }

    It 'does not affect a context that was returned before' {
        $stub = New-StubService
        $context = New-StubContext -Stub $stub
        (Get-CrRepoTag crr-app -InstanceId cri-test -RegionId cn-shanghai -Context $context).Count | Should -Be 3
    }
}

Describe 'Connect-CrRegistry -NoSession' {
    BeforeEach { Set-TestEnvironment -Value @{} }

    It 'returns a context with -PassThru, and does not change the session' {
        $stub = New-StubService
        $other = New-StubService -Tags 1
        Connect-StubService -Stub $stub
        $before = Get-CrContext
        $context = Connect-CrRegistry cn-shanghai cri-test -Credential (New-TestCredential) -HttpMessageHandler $other -PassThru -NoSession
        Get-CrContext | Should -Be $before
        (Get-CrRepoTag crr-app -Context $context).Count | Should -Be 1
        (Get-CrRepoTag crr-app).Count | Should -Be 3
    }

    It 'is an error without -PassThru' {
        Connect-StubService -Stub (New-StubService)
        $before = Get-CrContext
        (Invoke-Recorded { Connect-CrRegistry cn-beijing -NoSession }).Failure.FullyQualifiedErrorId | Should -BeLike 'PassThruMissing,*'
        Get-CrContext | Should -Be $before
    }
}

Describe 'Remove-Module' {
    It 'drops the connection' {
        $shell = New-ModuleShell
        try {
            $shown = $shell.AddScript("
                Connect-CrRegistry cn-beijing
                Remove-Module CrRegistry
                Import-Module '$(Get-ModuleUnderTest)'
                'contexts: ' + @(Get-CrContext).Count
            ").Invoke()
            "$shown" | Should -BeExactly 'contexts: 0'
        }
        finally { $shell.Dispose() }
    }
}

# Windows PowerShell has neither ForEach-Object -Parallel nor built-in thread jobs.
Describe 'A runspace beside the prompt' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
    BeforeEach {
        Set-TestEnvironment -Value @{}
        $module = Get-ModuleUnderTest
        $stub = New-StubService
        Connect-StubService -Stub $stub
        $prompt = Get-CrContext
    }

    It 'has its own connection with its own key in ForEach-Object -Parallel' {
        $items = foreach ($number in 1, 2) {
            $service = New-Object -TypeName CrRegistry.Stub.StubHandler
            $null = $service.AddRepository("cri-test$number", 'team/app', 'crr-app', $number)
            @{ Stub = $service; InstanceId = "cri-test$number"; Credential = New-TestCredential -AccessKeyId "key-$number" }
        }
        $gate = [System.Threading.Barrier]::new(2)
        $items | ForEach-Object -ThrottleLimit 2 -Parallel {
            Import-Module $using:module
            Connect-CrRegistry cn-shanghai $_.InstanceId -Credential $_.Credential -HttpMessageHandler $_.Stub
            $null = ($using:gate).SignalAndWait(60000)
            $null = Get-CrRepoTag crr-app
        }
        foreach ($item in $items) {
            $item.Stub.Requests.Count | Should -BeGreaterThan 0
            foreach ($request in $item.Stub.Requests) {
                $request.Authorization | Should -BeLike "*Credential=$($item.Credential.UserName),*"
                "$($request.Address)" | Should -BeLike "*InstanceId=$($item.InstanceId)&*"
            }
        }
        Get-CrContext | Should -Be $prompt
        $stub.Requests.Count | Should -Be 0
    }

    It 'uses the connection of the prompt in <Kind> if it does not connect' -ForEach @(
        @{ Kind = 'ForEach-Object -Parallel' }
        @{ Kind = 'Start-ThreadJob' }
    ) {
        $script = { Import-Module $using:module; (Get-CrRepoTag crr-app).Count }
        $counts = if ($Kind -eq 'Start-ThreadJob') { Start-ThreadJob $script | Receive-Job -Wait -AutoRemoveJob } else { 1 | ForEach-Object -Parallel $script }
        $counts | Should -Be 3
    }

    It 'has no connection after Disconnect-CrRegistry in a thread job, but the prompt has' {
        $record = Start-ThreadJob {
            Import-Module $using:module
            Disconnect-CrRegistry
            try { Get-CrRepoTag crr-app } catch { "$_" }
        } | Receive-Job -Wait -AutoRemoveJob
        $record | Should -BeLike 'There is no connection*'
        Get-CrContext | Should -Be $prompt
        (Get-CrRepoTag crr-app).Count | Should -Be 3
    }
}

Describe 'Without a region' {
    It 'there is an error before any request that explains how to specify one' {
        Set-TestEnvironment -Value @{}
        $stub = New-StubService
        $context = New-StubContext -Stub $stub
        $record = Invoke-Recorded { Get-CrRepoTag crr-app -InstanceId cri-test -Context $context }
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'RegionIdMissing,*'
        "$($record.Failure)" | Should -BeLike '*-RegionId*ALIBABA_CLOUD_REGION_ID*'
        $stub.Requests.Count | Should -Be 0
    }

    It 'a call uses the region of the environment' {
        $stub = New-StubService
        Set-TestEnvironment -Value @{}
        $context = New-StubContext -Stub $stub
        Set-TestEnvironment -Value @{ ALIBABA_CLOUD_REGION_ID = 'cn-beijing' }
        $null = Get-CrRepoTag crr-app -InstanceId cri-test -Context $context
        $stub.Requests[0].Address.Host | Should -BeExactly 'cr.cn-beijing.aliyuncs.com'
    }

    It 'a call rejects an invalid region of the environment before any request' {
        $stub = New-StubService
        Set-TestEnvironment -Value @{}
        $context = New-StubContext -Stub $stub
        Set-TestEnvironment -Value @{ ALIBABA_CLOUD_REGION_ID = 'cn beijing' }
        $record = Invoke-Recorded { Get-CrRepoTag crr-app -InstanceId cri-test -Context $context }
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'RegionIdInvalid,*'
        "$($record.Failure)" | Should -BeLike "*'cn beijing'*cn-shanghai*"
        $stub.Requests.Count | Should -Be 0
    }
}

Describe 'The credential of the environment' {
    BeforeEach {
        $stub = New-StubService
        Connect-CrRegistry cn-shanghai cri-test -HttpMessageHandler $stub
    }

    It 'is used if no credential is specified' {
        Set-TestEnvironment -Value @{ ALIBABA_CLOUD_ACCESS_KEY_ID = 'env-key-id'; ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'env-key-secret' }
        $null = Get-CrRepoTag crr-app
        $stub.Requests[0].Authorization | Should -BeLike 'ACS3-HMAC-SHA256 Credential=env-key-id,*'
        $stub.Requests[0].Headers.ContainsKey('x-acs-security-token') | Should -BeFalse
    }

    It 'includes its security token' {
        Set-TestEnvironment -Value @{ ALIBABA_CLOUD_ACCESS_KEY_ID = 'env-key-id'; ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'env-key-secret'; ALIBABA_CLOUD_SECURITY_TOKEN = 'env-token' }
        $null = Get-CrRepoTag crr-app
        $stub.Requests[0].Headers['x-acs-security-token'] | Should -BeExactly 'env-token'
    }

    It 'is overridden by a specified credential, including its token' {
        Set-TestEnvironment -Value @{ ALIBABA_CLOUD_ACCESS_KEY_ID = 'env-key-id'; ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'env-key-secret'; ALIBABA_CLOUD_SECURITY_TOKEN = 'env-token' }
        Connect-StubService -Stub $stub
        $null = Get-CrRepoTag crr-app
        $stub.Requests[0].Authorization | Should -BeLike '*Credential=test-key-id,*'
        $stub.Requests[0].Headers.ContainsKey('x-acs-security-token') | Should -BeFalse
    }

    It 'is an error before any request if there is <Case>' -ForEach @(
        @{ Case = 'a key ID and no secret'; Value = @{ ALIBABA_CLOUD_ACCESS_KEY_ID = 'env-key-id' }; Says = '*ALIBABA_CLOUD_ACCESS_KEY_ID is set, but ALIBABA_CLOUD_ACCESS_KEY_SECRET is not*' }
        @{ Case = 'a secret and no key ID'; Value = @{ ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'env-key-secret' }; Says = '*ALIBABA_CLOUD_ACCESS_KEY_SECRET is set, but ALIBABA_CLOUD_ACCESS_KEY_ID is not*' }
        @{ Case = 'neither'; Value = @{}; Says = '*No credential*ALIBABA_CLOUD_ACCESS_KEY_ID*-Credential*' }
    ) {
        Set-TestEnvironment -Value $Value
        $record = Invoke-Recorded { 'crr-app', 'crr-web' | Get-CrRepoTag }
        $record.Errors | Should -BeNullOrEmpty
        $record.Failure.CategoryInfo.Category | Should -Be 'AuthenticationError'
        $record.Failure.FullyQualifiedErrorId | Should -BeLike 'CredentialUnavailable,*'
        "$($record.Failure)" | Should -BeLike $Says
        "$($record.Failure)" | Should -Not -BeLike '*env-key-secret*'
        $stub.Requests.Count | Should -Be 0
    }
}

Describe 'A request' {
    BeforeEach {
        $stub = New-StubService -Tags 250
        Connect-CrRegistry cn-shanghai cri-test -Credential (New-TestCredential) -SecurityToken (ConvertTo-TestSecret -Text 'test-token') -HttpMessageHandler $stub
        $null = Get-CrRepoTag crr-app -All
    }

    It 'is signed with version 3, its token among the signed headers' {
        foreach ($request in $stub.Requests) {
            $request.Authorization | Should -Match '^ACS3-HMAC-SHA256 Credential=test-key-id,SignedHeaders=[a-z0-9;-]*x-acs-security-token[a-z0-9;-]*,Signature=[0-9a-f]{64}$'
            $request.Headers['x-acs-security-token'] | Should -BeExactly 'test-token'
            $request.Headers['x-acs-version'] | Should -BeExactly '2018-12-01'
            $request.Address.Scheme | Should -BeExactly 'https'
        }
    }

    It 'has a new nonce' {
        # Three pages, and both ends once more.
        $stub.Requests.Count | Should -Be 5
        @($stub.Requests | ForEach-Object { $_.Headers['x-acs-signature-nonce'] } | Select-Object -Unique).Count | Should -Be 5
    }

    It 'has no secret in its address' {
        foreach ($request in $stub.Requests) {
            "$($request.Address)" | Should -Not -Match 'test-key-secret|test-token|Signature'
        }
    }
}

Describe 'A secret' {
    BeforeEach {
        $stub = New-StubService -Tags 40
        Connect-CrRegistry cn-shanghai cri-test -Credential (New-TestCredential) -SecurityToken (ConvertTo-TestSecret -Text 'test-token') -HttpMessageHandler $stub
        $secrets = 'test-key-secret|test-token|Signature='
    }

    It 'is nowhere in Get-CrContext' {
        $shown = (Get-CrContext | Format-List -Property * -Force | Out-String), (Get-CrContext | ConvertTo-Json -Depth 5), ([System.Management.Automation.PSSerializer]::Serialize((Get-CrContext), 5))
        $shown | Should -Not -Match $secrets
    }

    It 'is in no stream, with -Verbose and with -Debug' {
        $record = Invoke-Recorded {
            $DebugPreference = 'Continue'
            Get-CrRepoTag team/app -All -Verbose
            Get-CrRepoTag team/gone -Verbose
        }
        $record.Verbose.Count | Should -BeGreaterThan 2
        "$($record.Debug)" | Should -Match 'x-acs-security-token:\*\*\*'
        $record.Errors.Count | Should -Be 1
        $record.Errors | Format-List -Property * -Force | Out-String | Should -Not -Match $secrets
        ($record.Verbose + $record.Debug + $record.Warnings) -join "`n" | Should -Not -Match $secrets
    }

    It 'is nowhere in $Error after <Case>' -ForEach @(
        @{ Case = 'a rejection'; Status = 403; Body = '{"Code":"NoPrivilege","Message":"Access denied."}' }
        @{ Case = 'a wrong signature'; Status = 400; Body = '{"Code":"SignatureDoesNotMatch","Message":"Specified signature is not matched with our calculation."}' }
        @{ Case = 'a broken connection'; Status = 0; Body = '' }
    ) {
        if ($Status) { $stub.Answer('ListRepoTag', 0, $Status, 'application/json', $Body) } else { $stub.Break('ListRepoTag', 0) }
        $Error.Clear()
        $null = Invoke-Recorded { Get-CrRepoTag crr-app }
        $Error.Count | Should -BeGreaterThan 0
        $Error | Format-List -Property * -Force | Out-String | Should -Not -Match $secrets
        foreach ($problem in $Error) { $problem.Exception.ToString() | Should -Not -Match $secrets }
    }

    It 'is not in a transcript' {
        $path = Join-Path $TestDrive 'transcript.txt'
        $shell = New-ModuleShell
        try {
            $null = $shell.AddScript("
                Start-Transcript -Path '$path'
                `$DebugPreference = 'Continue'
                Get-CrRepoTag crr-app -All -Verbose | Out-Default
                Get-CrRepoTag crr-gone
                Get-CrContext | Format-List * | Out-Default
                Stop-Transcript
            ").Invoke()
        }
        finally { $shell.Dispose() }
        $transcript = Get-Content -Path $path -Raw
        $transcript | Should -BeLike '*cri-test*'
        $transcript | Should -Match 'x-acs-security-token:\*\*\*'
        $transcript | Should -Not -Match $secrets
    }
}

Describe 'Get-CrRepoTag -Verbose' {
    It 'writes one line for each request with operation, page, time, status and RequestId' {
        Connect-StubService -Stub (New-StubService -Tags 250)
        $record = Invoke-Recorded { Get-CrRepoTag team/app -All -Verbose }
        $record.Verbose[0] | Should -Match '^GetRepository: \d+ ms, HTTP 200, RequestId 031572FA-7D8F-4C05-B790-1071E0E05DE6$'
        # Page 1, the last page, the rest, and both ends once more.
        $pages = $record.Verbose | Select-Object -Skip 1 | ForEach-Object { $_ -replace ':.*' }
        $pages | Select-Object -First 3 | Should -BeExactly 'ListRepoTag page 1', 'ListRepoTag page 3', 'ListRepoTag page 2'
        $pages | Select-Object -Skip 3 | Sort-Object | Should -BeExactly 'ListRepoTag page 1', 'ListRepoTag page 3'
    }
}
