using System.Collections;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Emulator;

namespace CrRegistry.Module.Tests.Support;

/// <summary>The base of tests that plant secrets, and then search for them in all output that a user, a log or a debugger can see.</summary>
public abstract class SecretTest : IAsyncLifetime
{
    private protected const string KeyId = "planted-key-id";
    private protected const string KeySecret = "planted/key+secret=in-credential";
    private protected const string Token = "planted/token+of=the-credential";

    private readonly HashSet<string> _planted = [];

    private protected TestEnvironment Environment { get; } = new();

    private protected Session Session { get; } = new();

    private protected SecretSearch Secrets { get; } = new();

    private protected EmulatorServer Emulator { get; private set; } = null!;

    private protected EmulatorRoute Route { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Emulator = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 3, AccessKeyId = KeyId, AccessKeySecret = KeySecret });
        Route = new EmulatorRoute(Emulator);
        Session.Set("credential", Session.Credential(KeyId, Plant("the secret of -Credential", KeySecret)));
        Session.Set("token", Session.Credential("none", Plant("-SecurityToken", Token)).Password);
        Session.Set("proxyCredential", Session.Credential("proxy-user", Plant("-ProxyCredential", "planted/proxy+password=1")));
        Session.Set("route", Route);
        Session.Run("$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'");
    }

    public async Task DisposeAsync()
    {
        Session.Dispose();
        Route.Dispose();
        await Emulator.DisposeAsync();
        Environment.Dispose();
    }

    private protected string Plant(string name, string secret)
    {
        Secrets.Add(name, secret);
        return secret;
    }

    /// <summary>Runs a script, and searches all of its output.</summary>
    /// <param name="script">The script. It contains no secret.</param>
    /// <param name="harmless">A text that must be found, which proves that the output was searched.</param>
    private protected Outcome AssertTellsNothing(string script, string harmless)
    {
        var outcome = Session.Run("$Error.Clear(); " + script);
        var seen = Everything(outcome).ToList();

        Assert.Contains(seen, item => item.Text.Contains(harmless, StringComparison.Ordinal));
        var told = seen.SelectMany(item => Secrets.In(item.Text).Select(secret => $"{secret} is told by {item.Path}: {item.Text}")).ToList();
        // An error has hundreds of places. The first few are enough for a diagnosis.
        Assert.True(told.Count == 0, $"{told.Count} places tell a secret:\n" + string.Join('\n', told.Take(5)));
        return outcome;
    }

    private IEnumerable<(string Path, string Text)> Everything(Outcome outcome)
    {
        var errors = ((ArrayList)Session.Get("Error")!).Cast<object>().Concat(outcome.Errors).Concat(outcome.Terminating is { } end ? [end] : []).ToList();
        Session.Set("everything", errors.Concat(outcome.Output).ToArray());
        foreach (var text in outcome.Verbose.Concat(outcome.Debug).Concat(outcome.Warnings)) yield return ("a stream", text);
        foreach (var text in outcome.Texts) yield return ("the output", text);
        yield return ("Format-List of the errors", Session.Show("$everything | Format-List -Property * -Force | Out-String -Width 4000"));
        yield return ("Format-List of the context", Session.Show("Get-CrContext | Format-List -Property * -Force | Out-String -Width 4000"));
        yield return ("the view of the errors", Session.Show("$everything | Out-String -Width 4000"));
        foreach (var error in errors.Append(Session.Run("Get-CrContext").Output.SingleOrDefault()).OfType<object>())
        {
            yield return ("serialization", Serialization.Of(error));
            foreach (var found in ObjectGraph.Texts(error)) yield return found;
        }

        foreach (var file in Directory.GetFiles(Environment.Home, "*", SearchOption.AllDirectories).Where(file => !_planted.Contains(file))) yield return (file, File.ReadAllText(file));
        yield return ("the screen", Session.Screen);
    }

    private protected string PlantFile(string path, string text)
    {
        _planted.Add(TestEnvironment.Write(path, text));
        return path;
    }
}
