using CrRegistry.Emulator.Store;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Get-CrRepoTag as a list cmdlet.</summary>
public sealed class TagListTests : ListCmdletTests
{
    private RegistryRepository _repository = null!;

    private protected override string Cmdlet => "Get-CrRepoTag team/list";

    private protected override string ListOperation => "ListRepoTag";

    private protected override string GetOperation => "GetRepoTag";

    private protected override string Noun => "tags";

    private protected override string Subject => "team/list";

    private protected override string Prefix => "r";

    private protected override string NameParameter => "Tag";

    private protected override string RamAction => "cr:ListRepositoryTag";

    private protected override string NotFoundId => "TagNotFound";

    private protected override string Missing => "gone";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _repository = Emulator.Registry.AddRepository("team", "list");
        Add("newest", age: 0);
    }

    /// <summary>Adds a tag. The newest tags are first.</summary>
    private protected override void AddRow(string digits) => Add("r" + digits, age: 1 + int.Parse(digits, null));

    private protected override string TextOf(string digits) => "r" + digits;

    private protected override string LookupOf(string digits) => "r" + digits;

    private void Add(string tag, int age) => _repository.Add([new RegistryTag { Tag = tag, Digest = age.ToString("x64", null), ImageUpdate = DateTimeOffset.UnixEpoch.AddYears(50).AddDays(-age) }]);
}
