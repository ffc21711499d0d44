namespace CrRegistry.Client.Transport;

/// <summary>One call of an API operation, before it is signed.</summary>
/// <param name="Endpoint">Scheme, host and port of the service.</param>
/// <param name="Action">The operation, for example <c>ListRepoTag</c>.</param>
/// <param name="Parameters">Its parameters by name, without the common ones.</param>
/// <param name="Version">The version of the API.</param>
internal sealed record ApiRequest(
    Uri Endpoint, string Action, IReadOnlyDictionary<string, string> Parameters, string Version = ApiRequest.CrVersion)
{
    public const string CrVersion = "2018-12-01";
}
