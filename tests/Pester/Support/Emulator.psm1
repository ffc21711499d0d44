# Starts the emulator of src/CrRegistry.Emulator as a process of its own: real HTTP, and signatures that are verified.

$script:BuildFolder = Join-Path $PSScriptRoot '../../../src/CrRegistry.Emulator/bin'

function Get-EmulatorPath {
    <# .SYNOPSIS Finds the built emulator: where CRREGISTRY_EMULATOR says, else the newest build. #>
    if ($env:CRREGISTRY_EMULATOR) { return (Resolve-Path -LiteralPath $env:CRREGISTRY_EMULATOR).ProviderPath }
    $built = Get-ChildItem -Path "$script:BuildFolder/*/net10.0/CrRegistry.Emulator.dll" -ErrorAction Ignore |
        Sort-Object -Property LastWriteTime | Select-Object -Last 1
    if (-not $built) { throw "The emulator is not built. Run 'dotnet build CrRegistry.sln' first." }
    $built.FullName
}

function Start-Emulator {
    <#
    .SYNOPSIS
    Starts an emulator, and gives what it printed about itself. Process is for Stop-Emulator.
    .PARAMETER Option
    The options of its command line, in the form in which the operating system takes them.
    #>
    param([string] $Option)
    $start = New-Object -TypeName System.Diagnostics.ProcessStartInfo -ArgumentList 'dotnet', "`"$(Get-EmulatorPath)`" $Option"
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $values = @{ Process = $process }
    # The repository comes last. A process that ends sooner ends the stream.
    while (-not $values.ContainsKey('Repository')) {
        $line = $process.StandardOutput.ReadLine()
        if ($null -eq $line) { throw "The emulator ended before it had told where it is. Its command line: dotnet $($start.Arguments)" }
        $name, $value = $line -split ': ', 2
        $values[$name] = $value
    }
    [pscustomobject] $values
}

function Stop-Emulator {
    <# .SYNOPSIS Ends an emulator that Start-Emulator started. #>
    param($Emulator)
    if (-not $Emulator) { return }
    if (-not $Emulator.Process.HasExited) {
        $Emulator.Process.Kill()
        $Emulator.Process.WaitForExit()
    }
    $Emulator.Process.Dispose()
}

Export-ModuleMember -Function Start-Emulator, Stop-Emulator
