using System.Management.Automation;
using System.Management.Automation.Runspaces;

// Runs the script on its standard input in an engine, prints its output and its errors, and fails if there is an error.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
runspace.Open();
using var powershell = PowerShell.Create(runspace);
try
{
    foreach (var item in powershell.AddScript(await Console.In.ReadToEndAsync()).Invoke()) Console.WriteLine(item);
}
catch (RuntimeException exception)
{
    Console.WriteLine(exception.Message);
    return 1;
}

foreach (var error in powershell.Streams.Error) Console.WriteLine(error);
return powershell.HadErrors ? 1 : 0;
