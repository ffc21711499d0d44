namespace CrRegistry.Emulator;

/// <summary>Leaves Ctrl+C and SIGTERM to the process that the emulator runs in: the default would take them from a test run or a shell.</summary>
internal sealed class CallerOwnedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
