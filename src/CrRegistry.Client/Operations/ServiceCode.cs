namespace CrRegistry.Client.Operations;

/// <summary>What the service's error codes say about existence. Which exact code an unknown tag gives is not documented.</summary>
internal static class ServiceCode
{
    public const string RepositoryNotFound = "REPO_NOT_EXIST";

    private const string NotFoundSuffix = "_NOT_EXIST";

    private static readonly string[] s_notOfTags = [RepositoryNotFound, "INSTANCE_NOT_EXIST", "NAMESPACE_NOT_EXIST"];

    public static bool IsTagNotFound(string code) => code.EndsWith(NotFoundSuffix, StringComparison.Ordinal) && !s_notOfTags.Contains(code);
}
