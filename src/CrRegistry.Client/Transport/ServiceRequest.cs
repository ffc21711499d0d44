namespace CrRegistry.Client.Transport;

/// <summary>A request to a service, for the errors about it.</summary>
/// <param name="Action">The operation, or a description of the request.</param>
/// <param name="Endpoint">Scheme, host and port of the service.</param>
internal record ServiceRequest(string Action, Uri Endpoint);
