namespace CrRegistry.Requests;

/// <summary>An operation of the API. A new operation needs one line here.</summary>
/// <param name="Name">The name, for example <c>ListRepoTag</c>.</param>
/// <param name="Methods">The HTTP methods that the service's metadata allow.</param>
/// <param name="Writes">True if the operation changes something.</param>
/// <param name="RamAction">The action that a RAM policy must allow, which may differ from the name; null if no document contains it.</param>
/// <param name="ShownParameters">The parameters whose values -Debug may show. All others are masked.</param>
internal sealed record Operation(string Name, IReadOnlyList<string> Methods, bool Writes, string? RamAction, IReadOnlyList<string> ShownParameters)
{
    private const string Get = "GET";
    private const string Post = "POST";

    private static readonly string[] s_get = [Get];
    private static readonly string[] s_getOrPost = [Get, Post];
    private static readonly Dictionary<string, Operation> s_byName = new(StringComparer.Ordinal);

    public static Operation ListInstance { get; } = Add(new(nameof(ListInstance), s_getOrPost, Writes: false, "cr:ListInstance", ["InstanceName", "InstanceStatus", "ResourceGroupId", "PageNo", "PageSize"]));
    public static Operation GetInstance { get; } = Add(new(nameof(GetInstance), s_getOrPost, Writes: false, "cr:GetInstance", ["InstanceId"]));
    public static Operation ListNamespace { get; } = Add(new(nameof(ListNamespace), s_getOrPost, Writes: false, "cr:ListNamespace", ["InstanceId", "NamespaceName", "NamespaceStatus", "PageNo", "PageSize"]));
    public static Operation GetNamespace { get; } = Add(new(nameof(GetNamespace), s_getOrPost, Writes: false, "cr:GetNamespace", ["InstanceId", "NamespaceId", "NamespaceName"]));
    public static Operation ListRepository { get; } = Add(new(nameof(ListRepository), s_getOrPost, Writes: false, "cr:ListRepository", ["InstanceId", "RepoNamespaceName", "RepoName", "RepoStatus", "PageNo", "PageSize"]));
    public static Operation GetRepository { get; } = Add(new(nameof(GetRepository), s_getOrPost, Writes: false, "cr:GetRepository", ["InstanceId", "RepoId", "RepoNamespaceName", "RepoName"]));
    public static Operation ListRepoTag { get; } = Add(new(nameof(ListRepoTag), s_getOrPost, Writes: false, "cr:ListRepositoryTag", ["InstanceId", "RepoId", "PageNo", "PageSize"]));
    public static Operation GetRepoTag { get; } = Add(new(nameof(GetRepoTag), s_get, Writes: false, "cr:ListRepositoryTag", ["InstanceId", "RepoId", "Tag"]));
    public static Operation CreateRepoTag { get; } = Add(new(nameof(CreateRepoTag), s_getOrPost, Writes: true, null, ["InstanceId", "NamespaceName", "RepoName", "FromTag", "ToTag"]));
    public static Operation DeleteRepoTag { get; } = Add(new(nameof(DeleteRepoTag), s_getOrPost, Writes: true, null, ["InstanceId", "RepoId", "Tag"]));

    /// <summary>The operation of STS that returns a temporary credential. It may be repeated, because each reply has its own credential.</summary>
    public static Operation AssumeRole { get; } = Add(new(nameof(AssumeRole), s_getOrPost, Writes: false, "sts:AssumeRole", []) { Version = "2015-04-01" });

    /// <summary>The version of the API.</summary>
    public string Version { get; init; } = "2018-12-01";

    /// <summary>The HTTP method that requests use: GET for reads and POST for writes, if allowed.</summary>
    public string Method => (Writes ? Post : Get) is var usual && Methods.Contains(usual) ? usual : Methods[0];

    /// <summary>Returns the operation of a name; null if there is no line for it.</summary>
    public static Operation? Find(string name) => s_byName.TryGetValue(name, out var operation) ? operation : null;

    private static Operation Add(Operation operation)
    {
        s_byName.Add(operation.Name, operation);
        return operation;
    }
}
