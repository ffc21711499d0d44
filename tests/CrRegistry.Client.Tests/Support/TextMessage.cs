using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Support;

/// <summary>A message of a job that only tests run.</summary>
internal sealed record TextMessage(string Text) : JobMessage
{
    public override string ToString() => Text;
}
