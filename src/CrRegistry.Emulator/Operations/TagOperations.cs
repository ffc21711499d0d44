using System.Text.Json.Nodes;
using CrRegistry.Emulator.Replies;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator.Operations;

/// <summary>ListRepoTag, GetRepoTag and DeleteRepoTag.</summary>
internal static class TagOperations
{
    public static JsonObject List(RegistryStore store, CallParameters parameters)
    {
        RegistryRepository repository = Lookup.RepositoryById(store, parameters);
        var paging = Paging.Of(parameters);
        TagPage page = repository.Page(paging.Skip, paging.PageSize);
        return Listing.Of("Images", paging, Listing.Rows(page.Tags, Row), Listing.Quoted(page.TotalCount));
    }

    public static JsonObject Get(RegistryStore store, CallParameters parameters)
    {
        RegistryRepository repository = Lookup.RepositoryById(store, parameters);
        RegistryTag tag = repository.Find(parameters.Required("Tag")) ?? throw NoTag();
        return Fields(tag, time => time.ToUnixTimeMilliseconds());
    }

    public static JsonObject Delete(RegistryStore store, CallParameters parameters)
    {
        RegistryRepository repository = Lookup.RepositoryById(store, parameters);
        return repository.Remove(parameters.Required("Tag")) ? [] : throw NoTag();
    }

    // In the list, and there alone, times are in quotes.
    private static JsonObject Row(RegistryTag tag) => Fields(tag, time => Listing.Quoted(time.ToUnixTimeMilliseconds()));

    private static JsonObject Fields(RegistryTag tag, Func<DateTimeOffset, JsonNode> time)
    {
        var fields = new JsonObject { ["Tag"] = tag.Tag };
        AddUnlessNull("Digest", tag.Digest);
        AddUnlessNull("ImageId", tag.ImageId);
        AddUnlessNull("Status", tag.Status);
        AddUnlessNull("ImageSize", tag.ImageSize);
        AddUnlessNull("ImageCreate", tag.ImageCreate is { } created ? time(created) : null);
        AddUnlessNull("ImageUpdate", tag.ImageUpdate is { } updated ? time(updated) : null);
        return fields;

        void AddUnlessNull(string name, JsonNode? value)
        {
            if (value is not null)
                fields.Add(name, value);
        }
    }

    private static ApiFault NoTag() => ApiFault.NotFound("TAG_NOT_EXIST", "tag is not exist");
}
