using System.Text.Json.Serialization;

namespace CrRegistry.Benchmarks.Floor;

/// <summary>How the floor decodes: by generated code, numbers also from text.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(FloorPage))]
internal sealed partial class FloorJson : JsonSerializerContext;
