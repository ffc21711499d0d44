using System.Text.Json;
using System.Text.Json.Nodes;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator.Operations;

/// <summary>ListRepoTag, GetRepoTag, CreateRepoTag and DeleteRepoTag.</summary>
internal static class TagOperations
{
    public static JsonObject List(RegistryStore store, CallParameters parameters)
    {
        RegistryRepository repository = Lookup.RepositoryById(store, parameters);
        var paging = Paging.Of(parameters, store.LargestPageSize);
        TagPage page = repository.Page(paging.Skip, paging.PageSize);

        // One node for all rows, because a node for each field took a third of the emulator's time.
        TagFields<string>[] rows = [.. page.Tags.Select(tag => new TagFields<string>(tag, Quoted))];
        return Listing.Of("Images", paging, JsonValue.Create(rows)!, Listing.Quoted(page.TotalCount));
    }

    public static JsonObject Get(RegistryStore store, CallParameters parameters)
    {
        RegistryRepository repository = Lookup.RepositoryById(store, parameters);
        RegistryTag tag = Lookup.Tag(repository, parameters);
        return JsonSerializer.SerializeToNode(new TagFields<long?>(tag, time => time?.ToUnixTimeMilliseconds()))!.AsObject();
    }

    public static JsonObject Create(RegistryStore store, CallParameters parameters)
    {
        RegistryRepository repository = Lookup.RepositoryByName(store, parameters);
        RegistryTag from = Lookup.Tag(repository, parameters, "FromTag");
        repository.Put(new RegistryTag
        {
            Tag = parameters.Required("ToTag"),
            Digest = from.Digest,
            ImageId = from.ImageId,
            ImageSize = from.ImageSize,
            ImageCreate = from.ImageCreate,
            ImageUpdate = store.Now,
        });
        return [];
    }

    public static JsonObject Delete(RegistryStore store, CallParameters parameters)
    {
        RegistryRepository repository = Lookup.RepositoryById(store, parameters);
        return repository.Remove(parameters.Required("Tag")) ? [] : throw Lookup.NoTag();
    }

    private static string? Quoted(DateTimeOffset? time) => time is { } value ? Listing.Quoted(value.ToUnixTimeMilliseconds()) : null;
}
