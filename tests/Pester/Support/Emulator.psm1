# Starts the emulator of src/CrRegistry.Emulator as a separate process, with real HTTP and verified signatures.

$script:BuildFolder = Join-Path $PSScriptRoot '../../../src/CrRegistry.Emulator/bin'

function Get-EmulatorPath {
    <# .SYNOPSIS Finds the built emulator: the path in CRREGISTRY_EMULATOR, or else the newest build. #>
    if ($env:CRREGISTRY_EMULATOR) { return (Resolve-Path -LiteralPath $env:CRREGISTRY_EMULATOR).ProviderPath }
    $built = Get-ChildItem -Path "$script:BuildFolder/*/net10.0/CrRegistry.Emulator.dll" -ErrorAction Ignore |
        Sort-Object -Property LastWriteTime | Select-Object -Last 1
    if (-not $built) { throw "The emulator is not built. Run 'dotnet build CrRegistry.sln' first." }
    $built.FullName
}

function Start-Emulator {
    <#
    .SYNOPSIS
    Starts an emulator, and returns the values that it printed. Process is for Stop-Emulator.
    .PARAMETER Option
    The options of its command line, in the form of the operating system.
    #>
    param([string] $Option)
    $start = New-Object -TypeName System.Diagnostics.ProcessStartInfo -ArgumentList 'dotnet', "`"$(Get-EmulatorPath)`" $Option"
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $values = @{ Process = $process }
    # The repository is the last value. If the process ends earlier, the stream ends.
    while (-not $values.ContainsKey('Repository')) {
        $line = $process.StandardOutput.ReadLine()
        if ($null -eq $line) { throw "The emulator ended before it printed its address. Its command line: dotnet $($start.Arguments)" }
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
