using System.Globalization;
using System.Management.Automation.Host;

namespace CrRegistry.Module.Tests.Support.Hosting;

/// <summary>The least host that shows what PowerShell would show: plain text of a given width, and nobody to ask.</summary>
/// <param name="output">Where the text goes.</param>
/// <param name="width">Characters in a line.</param>
public sealed class TextHost(TextWriter output, int width) : PSHost
{
    /// <inheritdoc/>
    public override string Name => nameof(TextHost);

    /// <inheritdoc/>
    public override Version Version { get; } = typeof(TextHost).Assembly.GetName().Version!;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override PSHostUserInterface UI { get; } = new TextHostUserInterface(output, width);

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
    }

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode)
    {
    }
}
