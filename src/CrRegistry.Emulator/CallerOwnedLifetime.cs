namespace CrRegistry.Emulator;

/// <summary>Leaves Ctrl+C and SIGTERM to the process in which the emulator runs. The default lifetime would handle them instead of a test run or a shell.</summary>
internal sealed class CallerOwnedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
