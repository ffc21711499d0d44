using System.Net;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator.Tests;

public sealed class ReplyHookTests
{
    [Fact]
    public async Task Hook_can_change_reply()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 100 });
        server.OnReply = (call, body, _) =>
        {
            if (call.Parameters["PageNo"] == "1")
                body.Remove("Images");
            else
                body["Images"]!.AsArray().RemoveRange(0, 7);
            return Task.CompletedTask;
        };
        var caller = new SignedCaller(server);

        Answer first = await caller.ListRepoTagAsync(("PageNo", "1"));
        Answer second = await caller.ListRepoTagAsync(("PageNo", "2"));
        Answer xml = await SignedCaller.SendAsync(caller.Rpc(
            HttpMethod.Get, "ListRepoTag", [("InstanceId", server.InstanceId), ("RepoId", server.RepoId), ("PageNo", "2")], format: "XML"));

        Assert.Equal((false, "100"), (first.Json.ContainsKey("Images"), (string)first.Json["TotalCount"]!));
        Assert.Equal(Enumerable.Range(37, 23).Select(number => $"v{number}"), second.Tags);
        Assert.Equal(second.Tags, xml.Xml.Elements("Images").Select(image => image.Element("Tag")!.Value));
    }

    [Fact]
    public async Task Hook_can_change_registry_between_pages()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 60 });
        RegistryRepository repository = server.Registry.Repositories[0];
        server.OnReply = (call, _, _) =>
        {
            if (call.Parameters["PageNo"] == "1")
            {
                repository.Put(new RegistryTag { Tag = "pushed", ImageUpdate = DateTimeOffset.UtcNow.AddHours(1) });
                repository.Remove("v59");
            }

            return Task.CompletedTask;
        };
        var caller = new SignedCaller(server);

        Answer first = await caller.ListRepoTagAsync(("PageNo", "1"));
        Answer second = await caller.ListRepoTagAsync(("PageNo", "2"));

        Assert.Equal(("v29", "v29"), (first.Tags[^1], second.Tags[0]));
        Assert.Equal(["60", "60"], [(string)first.Json["TotalCount"]!, (string)second.Json["TotalCount"]!]);
    }

    [Fact]
    public async Task Reply_waits_for_hook()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions());
        var gate = new TaskCompletionSource();
        var done = new TaskCompletionSource();
        server.OnReply = (_, _, cancellationToken) =>
        {
            done.SetResult();
            return gate.Task.WaitAsync(cancellationToken);
        };

        Task<Answer> held = new SignedCaller(server).ListRepoTagAsync();
        await done.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(held.IsCompleted);
        gate.SetResult();

        (await held).ShouldBe(HttpStatusCode.OK, "success");
    }
}
