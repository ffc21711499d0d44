# Helpers of the test files: the module under test, a stubbed service, and a record of the output of a script.

$script:ModulePath = Join-Path $PSScriptRoot '../../../out/CrRegistry/CrRegistry.psd1'

# These values do not belong to a real account and do not look like one.
$script:InstanceId = 'cri-test'
$script:RegionId = 'cn-shanghai'
$script:AccessKeyId = 'test-key-id'
$script:AccessKeySecret = 'test-key-secret'

function Import-ModuleUnderTest {
    <# .SYNOPSIS Imports the staged module, and compiles the stub, once in a process, because neither can be unloaded. #>
    if (-not (Test-Path -LiteralPath $script:ModulePath)) { throw "There is no module at '$script:ModulePath'. Run 'dotnet build CrRegistry.sln' first." }
    Import-Module -Name $script:ModulePath -Global
    Disconnect-CrRegistry
    if ('CrRegistry.Stub.StubHandler' -as [type]) { return }
    $references = if ($PSVersionTable.PSEdition -eq 'Desktop') { @{ ReferencedAssemblies = 'System.Net.Http' } } else { @{} }
    Add-Type -Path (Join-Path $PSScriptRoot 'StubHandler.cs') @references
}

function Get-ModuleUnderTest {
    <# .SYNOPSIS Returns the path of the staged module's manifest. #>
    (Resolve-Path -LiteralPath $script:ModulePath).ProviderPath
}

function New-StubService {
    <# .SYNOPSIS Creates a service with one repository that has a number of tags: v0, v1, …, newest first. #>
    param(
        [int] $Tags = 3,
        [string] $FullName = 'team/app',
        [string] $RepoId = 'crr-app'
    )
    $stub = New-Object -TypeName CrRegistry.Stub.StubHandler
    $null = $stub.AddRepository($script:InstanceId, $FullName, $RepoId, $Tags)
    $stub
}

function New-TestCredential {
    <# .SYNOPSIS Creates a credential from a key ID and a secret, which may be empty. #>
    param(
        [string] $AccessKeyId = $script:AccessKeyId,
        [AllowEmptyString()] [string] $AccessKeySecret = $script:AccessKeySecret
    )
    New-Object -TypeName System.Management.Automation.PSCredential -ArgumentList $AccessKeyId, (ConvertTo-TestSecret -Text $AccessKeySecret)
}

function ConvertTo-TestSecret {
    <# .SYNOPSIS Creates a SecureString. ConvertTo-SecureString would reject an empty text. #>
    param([AllowEmptyString()] [string] $Text)
    $secret = New-Object -TypeName System.Security.SecureString
    foreach ($character in $Text.ToCharArray()) { $secret.AppendChar($character) }
    $secret
}

function Connect-StubService {
    <# .SYNOPSIS Connects the session to a stubbed service, by region and instance. #>
    param(
        [Parameter(Mandatory)] $Stub,
        [string] $RegionId = $script:RegionId,
        [string] $InstanceId = $script:InstanceId
    )
    Connect-CrRegistry -RegionId $RegionId -InstanceId $InstanceId -Credential (New-TestCredential) -HttpMessageHandler $Stub
}

function New-StubContext {
    <# .SYNOPSIS Returns a context with an identity and a stubbed service, but without region and instance. Does not change the session. #>
    param([Parameter(Mandatory)] $Stub)
    Connect-CrRegistry -Credential (New-TestCredential) -HttpMessageHandler $Stub -PassThru
    Disconnect-CrRegistry
}

function New-ModuleShell {
    <# .SYNOPSIS Returns a PowerShell in a new runspace, with the module imported. #>
    $state = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault2()
    $state.ImportPSModule([string[]] (Get-ModuleUnderTest))
    $shell = [powershell]::Create($state)
    $shell
}

function Invoke-Recorded {
    <#
    .SYNOPSIS
    Runs a script block and records the output of each stream.
    .DESCRIPTION
    Failure is the terminating error, if any; Errors are the others. Output, Warnings, Verbose and Debug are the other streams.
    #>
    param([Parameter(Mandatory)] [scriptblock] $ScriptBlock)
    $record = [pscustomobject]@{ Output = @(); Errors = @(); Warnings = @(); Verbose = @(); Debug = @(); Failure = $null }
    $stream = @(
        try { & $ScriptBlock *>&1 }
        catch { $record.Failure = $_ }
    )
    foreach ($item in $stream) {
        if ($item -is [System.Management.Automation.ErrorRecord]) { $record.Errors += $item }
        elseif ($item -is [System.Management.Automation.WarningRecord]) { $record.Warnings += $item.Message }
        elseif ($item -is [System.Management.Automation.VerboseRecord]) { $record.Verbose += $item.Message }
        elseif ($item -is [System.Management.Automation.DebugRecord]) { $record.Debug += $item.Message }
        else { $record.Output += $item }
    }
    $record
}

function Invoke-ChildShell {
    <# .SYNOPSIS Runs a script in a new process of the PowerShell that runs the tests. Returns its output and exit code. #>
    param([Parameter(Mandatory)] [string] $Script)
    $program = (Get-Process -Id $PID).Path
    # The process of a PowerShell that is a .NET tool is 'dotnet'.
    $assembly = @(if ([System.IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' })
    $encoded = [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes("`$ProgressPreference = 'SilentlyContinue'`n$Script"))
    $output = & $program @assembly -NoProfile -NonInteractive -ExecutionPolicy Bypass -OutputFormat Text -EncodedCommand $encoded 2>&1 | ForEach-Object { "$_" }
    [pscustomobject]@{ Output = @($output); ExitCode = $LASTEXITCODE }
}

Export-ModuleMember -Function *
