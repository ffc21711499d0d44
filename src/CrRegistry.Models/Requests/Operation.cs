using System.Reflection;

namespace CrRegistry.Requests;

/// <summary>An operation of the API. <c>Operations.txt</c> has one line for each.</summary>
/// <param name="Name">The name, for example <c>ListRepoTag</c>.</param>
/// <param name="Methods">The HTTP methods that the service's metadata allow.</param>
/// <param name="Writes">True if the operation changes something.</param>
/// <param name="RamAction">The action that a RAM policy must allow, which may differ from the name; null if no document contains it.</param>
/// <param name="Parameters">The parameters, without those that all operations have.</param>
internal sealed record Operation(string Name, IReadOnlyList<string> Methods, bool Writes, string? RamAction, IReadOnlyList<OperationParameter> Parameters)
{
    private const string Get = "GET";
    private const string Post = "POST";
    private const string Table = "CrRegistry.Requests.Operations.txt";

    /// <summary>The parameters whose values may be shown: the place in a list, and what identifies a target besides names and IDs.</summary>
    private static readonly HashSet<string> s_shown = new(StringComparer.Ordinal)
    {
        "InstanceStatus", "NamespaceStatus", "RepoStatus", "Tag", "TagKey", "Key", "FromTag", "ToTag", "Chart", "Release", "Domain", "Entry", "EndpointType", "Page", "PageNo", "PageSize",
    };

    private static readonly Dictionary<string, Operation> s_byName = ReadTable();

    public static Operation ListInstance { get; } = s_byName[nameof(ListInstance)];
    public static Operation GetInstance { get; } = s_byName[nameof(GetInstance)];
    public static Operation ListInstanceEndpoint { get; } = s_byName[nameof(ListInstanceEndpoint)];
    public static Operation GetAuthorizationToken { get; } = s_byName[nameof(GetAuthorizationToken)];
    public static Operation ListNamespace { get; } = s_byName[nameof(ListNamespace)];
    public static Operation GetNamespace { get; } = s_byName[nameof(GetNamespace)];
    public static Operation ListRepository { get; } = s_byName[nameof(ListRepository)];
    public static Operation GetRepository { get; } = s_byName[nameof(GetRepository)];
    public static Operation ListRepoTag { get; } = s_byName[nameof(ListRepoTag)];
    public static Operation GetRepoTag { get; } = s_byName[nameof(GetRepoTag)];
    public static Operation CreateRepoTag { get; } = s_byName[nameof(CreateRepoTag)];
    public static Operation DeleteRepoTag { get; } = s_byName[nameof(DeleteRepoTag)];
    public static Operation CreateRepoTagScanTask { get; } = s_byName[nameof(CreateRepoTagScanTask)];
    public static Operation GetRepoTagScanStatus { get; } = s_byName[nameof(GetRepoTagScanStatus)];
    public static Operation GetRepoTagScanSummary { get; } = s_byName[nameof(GetRepoTagScanSummary)];
    public static Operation ListRepoTagScanResult { get; } = s_byName[nameof(ListRepoTagScanResult)];

    /// <summary>The operation of STS that returns a temporary credential. It may be repeated, because each reply has its own credential.</summary>
    public static Operation AssumeRole { get; } = new(nameof(AssumeRole), [Get, Post], Writes: false, "sts:AssumeRole", []) { Version = "2015-04-01" };

    /// <summary>The operations of the API.</summary>
    public static IReadOnlyCollection<Operation> All => s_byName.Values;

    /// <summary>The version of the API.</summary>
    public string Version { get; init; } = "2018-12-01";

    /// <summary>The path of the array that has the rows of a list, for example <c>Images</c>; null if the operation does not list rows.</summary>
    public string? Rows { get; private init; }

    /// <summary>The field that identifies a row; null if no such field is known.</summary>
    public string? RowKey { get; private init; }

    /// <summary>The field with a time that is later in a new row than in all others; null if no such field is known.</summary>
    public string? RowTime { get; private init; }

    /// <summary>True if the reply has neither Code nor IsSuccess.</summary>
    public bool HasNoEnvelope { get; private init; }

    /// <summary>True if the reply contains a secret, which must not stay in a shared array.</summary>
    public bool ReturnsSecret { get; private init; }

    /// <summary>The HTTP method that requests use: GET for reads and POST for writes, if allowed.</summary>
    public string Method => (Writes ? Post : Get) is var usual && Methods.Contains(usual) ? usual : Methods[0];

    /// <summary>The parameter that has the number of a page; null if the list has no such pages.</summary>
    public string? PageParameter => Parameters.FirstOrDefault(parameter => parameter.Name is "PageNo" or "Page")?.Name;

    /// <summary>Returns the operation of a name, also that of STS; null if there is none.</summary>
    public static Operation? Find(string name) => s_byName.TryGetValue(name, out var operation) ? operation : name == AssumeRole.Name ? AssumeRole : null;

    /// <summary>Returns an operation that is not in the table: a write, of which nothing else is known.</summary>
    public static Operation Unknown(string name) => new(name, [Post], Writes: true, null, []) { HasNoEnvelope = true };

    /// <summary>True if -Debug, -Verbose and prompts may show the value of a parameter. All others are masked.</summary>
    /// <param name="parameter">The name, as it is sent: that of an item of a list has its number, for example <c>ResourceId.1</c>.</param>
    public bool Shows(string parameter)
    {
        var (name, isItem) = parameter.Split('.') is [var list, var number] && number.All(char.IsDigit) ? (list, true) : (parameter, false);
        return Identifies(name) && Parameters.Any(known => known.Name == name && (isItem ? known.Type is ParameterType.List : known.Type is ParameterType.Text or ParameterType.Integer));
    }

    /// <summary>True if a parameter selects what an operation reads or changes.</summary>
    public static bool Identifies(string parameter) => s_shown.Contains(parameter) || IsNameOrId(parameter);

    private static bool IsNameOrId(string parameter) => parameter.EndsWith("Id", StringComparison.Ordinal) || parameter.EndsWith("Name", StringComparison.Ordinal);

    private static Dictionary<string, Operation> ReadTable()
    {
        using var table = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(Table)!);
        var operations = new Dictionary<string, Operation>(StringComparer.Ordinal);
        while (table.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var operation = Parse(line.Split([' '], StringSplitOptions.RemoveEmptyEntries));
            operations.Add(operation.Name, operation);
        }

        return operations;
    }

    private static Operation Parse(string[] words)
    {
        string? Attribute(string name) => words.FirstOrDefault(word => word.StartsWith(name + "=", StringComparison.Ordinal))?.Substring(name.Length + 1);
        var writes = !words[0].StartsWith("Get", StringComparison.Ordinal) && !words[0].StartsWith("List", StringComparison.Ordinal);
        return new Operation(words[0], words[1].Split(','), writes, Attribute("ram"), [.. words.Skip(2).Where(word => !word.Contains('=')).Select(OperationParameter.Parse)])
        {
            Rows = Attribute("rows"),
            RowKey = Attribute("key"),
            RowTime = Attribute("time"),
            HasNoEnvelope = Attribute("envelope") == "none",
            ReturnsSecret = Attribute("reply") == "secret",
        };
    }
}

/// <summary>A parameter of an operation.</summary>
/// <param name="Name">The name, as it is sent.</param>
/// <param name="IsRequired">True if the service requires it.</param>
/// <param name="Type">The form in which values are sent.</param>
internal sealed record OperationParameter(string Name, bool IsRequired, ParameterType Type)
{
    /// <summary>Reads a parameter of the table: <c>Name</c>, <c>!</c> if it is required, and <c>:Type</c> if it is not text.</summary>
    public static OperationParameter Parse(string word)
    {
        var parts = word.Split(':');
        return new(parts[0].TrimEnd('!'), parts[0].EndsWith("!", StringComparison.Ordinal), parts.Length > 1 ? (ParameterType)Enum.Parse(typeof(ParameterType), parts[1]) : ParameterType.Text);
    }
}

/// <summary>The form in which the values of a parameter are sent.</summary>
internal enum ParameterType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Text that is never shown.</summary>
    Secret,

    /// <summary>A whole number of 32 bits.</summary>
    Integer,

    /// <summary>A whole number of 64 bits.</summary>
    Long,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A parameter for each item: <c>Name.1</c>, or <c>Name.1.Key</c> for the fields of an item.</summary>
    List,

    /// <summary>One JSON text.</summary>
    Json,
}
