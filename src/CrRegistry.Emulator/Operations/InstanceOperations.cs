using System.Globalization;
using System.Text.Json.Nodes;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator.Operations;

/// <summary>ListInstance and GetInstance, ListInstanceEndpoint and GetAuthorizationToken.</summary>
internal static class InstanceOperations
{
    private const string Status = "RUNNING";

    public static JsonObject List(RegistryStore store, CallParameters parameters)
    {
        var paging = Paging.Of(parameters, store.LargestPageSize);
        RegistryInstance[] all = [.. store.Instances.Where(instance =>
            (parameters.Optional("InstanceName") ?? instance.InstanceName) == instance.InstanceName
            && (parameters.Optional("InstanceStatus") ?? Status) == Status)];
        return Listing.Of("Instances", paging, Listing.PageOf(all, paging, Row), all.Length);
    }

    public static JsonObject Get(RegistryStore store, CallParameters parameters)
    {
        RegistryInstance instance = Lookup.Instance(store, parameters);
        JsonObject fields = Fields(instance);
        fields["CreateTime"] = instance.CreatedAt.ToUnixTimeMilliseconds();
        fields["ModifiedTime"] = instance.CreatedAt.ToUnixTimeMilliseconds();
        return fields;
    }

    public static JsonObject ListEndpoints(RegistryStore store, CallParameters parameters)
    {
        RegistryInstance instance = Lookup.Instance(store, parameters);
        return new JsonObject { ["Endpoints"] = new JsonArray(Endpoint("internet", "registry"), Endpoint("vpc", "registry-vpc")) };

        // RFC 6761 reserves localhost, so that no client looks these domains up elsewhere.
        JsonObject Endpoint(string type, string host) => new()
        {
            ["EndpointType"] = type,
            ["Enable"] = true,
            ["AclEnable"] = false,
            ["Status"] = Status,
            ["Domains"] = new JsonArray(new JsonObject { ["Domain"] = $"{instance.InstanceName}-{host}.{instance.RegionId}.cr.localhost", ["Type"] = "SYSTEM" }),
            ["LinkedVpcs"] = new JsonArray(),
            ["AclEntries"] = new JsonArray(),
        };
    }

    /// <summary>Creates a token that no registry accepts.</summary>
    public static JsonObject CreateToken(RegistryStore store, CallParameters parameters)
    {
        Lookup.Instance(store, parameters);
        double hours = double.Parse(parameters.Optional("ExpiresInHours") ?? "1", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["TempUsername"] = "cr_temp_user",
            ["AuthorizationToken"] = $"emulator:{Guid.NewGuid():N}",
            ["ExpireTime"] = store.Now.AddHours(hours).ToUnixTimeMilliseconds(),
        };
    }

    // Only the row in the list contains the region and has its times in quotes.
    private static JsonObject Row(RegistryInstance instance)
    {
        JsonObject fields = Fields(instance);
        fields["RegionId"] = instance.RegionId;
        fields["CreateTime"] = Listing.Quoted(instance.CreatedAt.ToUnixTimeMilliseconds());
        fields["ModifiedTime"] = Listing.Quoted(instance.CreatedAt.ToUnixTimeMilliseconds());
        return fields;
    }

    private static JsonObject Fields(RegistryInstance instance) => new()
    {
        ["InstanceId"] = instance.InstanceId,
        ["InstanceName"] = instance.InstanceName,
        ["InstanceSpecification"] = "Enterprise_Basic",
        ["InstanceStatus"] = Status,
        ["ResourceGroupId"] = "rg-emulator",
    };
}
