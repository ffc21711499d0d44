# What the test files share: the module under test, a stubbed service, and a record of what a script gave.

$script:ModulePath = Join-Path $PSScriptRoot '../../../out/CrRegistry/CrRegistry.psd1'

# Nothing of these is, or looks like, a real account.
$script:InstanceId = 'cri-test'
$script:RegionId = 'cn-shanghai'
$script:AccessKeyId = 'test-key-id'
$script:AccessKeySecret = 'test-key-secret'

function Import-ModuleUnderTest {
    <# .SYNOPSIS Imports the staged module, and compiles the stub: once a process, since neither can be unloaded. #>
    if (-not (Test-Path -LiteralPath $script:ModulePath)) { throw "There is no module at '$script:ModulePath'. Run 'dotnet build CrRegistry.sln' first." }
    Import-Module -Name $script:ModulePath -Global
    Disconnect-CrRegistry
    if ('CrRegistry.Stub.StubHandler' -as [type]) { return }
    $references = if ($PSVersionTable.PSEdition -eq 'Desktop') { @{ ReferencedAssemblies = 'System.Net.Http' } } else { @{} }
    Add-Type -Path (Join-Path $PSScriptRoot 'StubHandler.cs') @references
}

function Get-ModuleUnderTest {
    <# .SYNOPSIS Gives the path of the staged module's manifest. #>
    (Resolve-Path -LiteralPath $script:ModulePath).ProviderPath
}

function New-StubService {
    <# .SYNOPSIS Makes a service that holds one repository of so many tags: v0, v1, … newest first. #>
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
    <# .SYNOPSIS Makes a credential of a key ID and a secret, which may be empty. #>
    param(
        [string] $AccessKeyId = $script:AccessKeyId,
        [AllowEmptyString()] [string] $AccessKeySecret = $script:AccessKeySecret
    )
    New-Object -TypeName System.Management.Automation.PSCredential -ArgumentList $AccessKeyId, (ConvertTo-TestSecret -Text $AccessKeySecret)
}

function ConvertTo-TestSecret {
    <# .SYNOPSIS Makes a SecureString. ConvertTo-SecureString would refuse an empty text. #>
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
    <# .SYNOPSIS Gives a context that knows an identity and the way to a stubbed service, but neither region nor instance; leaves the session unconnected. #>
    param([Parameter(Mandatory)] $Stub)
    Connect-CrRegistry -Credential (New-TestCredential) -HttpMessageHandler $Stub -PassThru
    Disconnect-CrRegistry
}

function New-ModuleShell {
    <# .SYNOPSIS Gives a PowerShell in a runspace of its own, with the module imported. #>
    $state = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault2()
    $state.ImportPSModule([string[]] (Get-ModuleUnderTest))
    $shell = [powershell]::Create($state)
    $shell
}

function Invoke-Recorded {
    <#
    .SYNOPSIS
    Runs a script block and keeps what each stream got.
    .DESCRIPTION
    Failure is the terminating error, if one came; Errors are the others. Output, Warnings, Verbose and Debug are what their names say.
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
    <# .SYNOPSIS Runs a script in a new process of the PowerShell that runs the tests; gives its output and exit code. #>
    param([Parameter(Mandatory)] [string] $Script)
    $program = (Get-Process -Id $PID).Path
    # The process of a PowerShell that is a .NET tool is 'dotnet'.
    $assembly = @(if ([System.IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' })
    $encoded = [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes("`$ProgressPreference = 'SilentlyContinue'`n$Script"))
    $output = & $program @assembly -NoProfile -NonInteractive -ExecutionPolicy Bypass -OutputFormat Text -EncodedCommand $encoded 2>&1 | ForEach-Object { "$_" }
    [pscustomobject]@{ Output = @($output); ExitCode = $LASTEXITCODE }
}

Export-ModuleMember -Function *
