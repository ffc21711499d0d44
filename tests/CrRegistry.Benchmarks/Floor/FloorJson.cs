using System.Text.Json.Serialization;

namespace CrRegistry.Benchmarks.Floor;

/// <summary>The generated decoder of the minimal client. It also reads numbers from text.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(FloorPage))]
internal sealed partial class FloorJson : JsonSerializerContext;
