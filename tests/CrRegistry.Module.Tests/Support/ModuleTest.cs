using CrRegistry.Emulator;

namespace CrRegistry.Module.Tests.Support;

/// <summary>The base of tests with a prompt that is connected to a separate emulator.</summary>
public abstract class ModuleTest : IAsyncLifetime
{
    private protected Session Session { get; } = new();

    private protected EmulatorServer Emulator { get; private set; } = null!;

    private protected IReadOnlyList<string> Actions => [.. Emulator.Requests.Select(request => request.Action!)];

    private protected int Listings => Actions.Count(action => action == "ListRepoTag");

    public virtual async Task InitializeAsync()
    {
        Emulator = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 250 }, CancellationToken.None);
        Session.Connect(Emulator);
    }

    public async Task DisposeAsync()
    {
        Session.Dispose();
        await Emulator.DisposeAsync();
    }

    /// <summary>Adds a repository with a number of tags, of which v0 is the newest.</summary>
    private protected string NewRepository(int tags)
    {
        var name = $"n{tags}";
        Emulator.Registry.AddRepository("team", name).AddGenerated(tags);
        return "team/" + name;
    }
}
