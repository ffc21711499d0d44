using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace CrRegistry.Emulator.Tests;

/// <summary>A reply of the emulator.</summary>
internal sealed record Answer(HttpStatusCode Status, string Body, string ContentType, string? RequestId)
{
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    public XElement Xml => XElement.Parse(Body);

    public string Code => (string)Json[nameof(Code)]!;

    public string[] Tags => [.. Json["Images"]!.AsArray().Select(image => (string)image!["Tag"]!)];

    public void ShouldBe(HttpStatusCode status, string code) => Assert.Equal((status, code), (Status, Code));
}
