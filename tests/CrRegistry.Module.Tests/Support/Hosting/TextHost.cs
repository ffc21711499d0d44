using System.Globalization;
using System.Management.Automation.Host;

namespace CrRegistry.Module.Tests.Support.Hosting;

/// <summary>A minimal host with the output of PowerShell as plain text in a given width. It does not support questions.</summary>
/// <param name="output">The writer for the text.</param>
/// <param name="width">The number of characters in a line.</param>
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
