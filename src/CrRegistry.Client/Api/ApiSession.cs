using CrRegistry.Client.Transport;

namespace CrRegistry.Client.Api;

/// <summary>The way to the service for the requests of one job.</summary>
/// <param name="Transport">Sends the requests.</param>
/// <param name="Repositories">Finds the IDs of repositories.</param>
internal sealed record ApiSession(ApiTransport Transport, RepositoryResolver Repositories);
