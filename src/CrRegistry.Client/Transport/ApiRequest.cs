using CrRegistry.Requests;

namespace CrRegistry.Client.Transport;

/// <summary>A request for an API operation, before it is signed.</summary>
/// <param name="Endpoint">Scheme, host and port of the service.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Parameters">Its parameters by name, without the common ones.</param>
internal sealed record ApiRequest(Uri Endpoint, Operation Operation, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>The values of parameters that are secret. They are hidden in errors.</summary>
    public IEnumerable<string> SecretValues => Operation.Parameters
        .Where(parameter => parameter.Type == ParameterType.Secret && Parameters.ContainsKey(parameter.Name)).Select(parameter => Parameters[parameter.Name]);
}
