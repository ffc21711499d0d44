using System.Text.Json.Nodes;

namespace CrRegistry.Module.Tests.Support;

/// <summary>The behavior that all list cmdlets share: paging, lookups, rows that do not exist, warnings and invalid input. Each list cmdlet has a subclass.</summary>
public abstract class ListCmdletTests : ModuleTest
{
    /// <summary>A flag for a number of pages that are a complete list.</summary>
    private const int Complete = 1 << 16;

    /// <summary>The name of the cmdlet.</summary>
    private protected abstract string Cmdlet { get; }

    /// <summary>The operation that lists rows.</summary>
    private protected abstract string ListOperation { get; }

    /// <summary>The operation that looks one row up.</summary>
    private protected abstract string GetOperation { get; }

    /// <summary>The rows, in the plural.</summary>
    private protected abstract string Noun { get; }

    /// <summary>The target of a warning or an error about the complete list.</summary>
    private protected abstract string Subject { get; }

    /// <summary>The beginning of the names of added rows. Three digits follow.</summary>
    private protected abstract string Prefix { get; }

    /// <summary>The error ID for a row that does not exist.</summary>
    private protected abstract string NotFoundId { get; }

    /// <summary>A name or an ID that is looked up, in the form that the get operation accepts, of a row that does not exist.</summary>
    private protected abstract string Missing { get; }

    /// <summary>The parameter that accepts names and wildcards.</summary>
    private protected virtual string NameParameter => "Name";

    /// <summary>The RAM action of the list.</summary>
    private protected virtual string RamAction => $"cr:{ListOperation}";

    /// <summary>True if rows have a time. Otherwise a complete list is read twice.</summary>
    private protected virtual bool HasTimes => true;

    private int ListRequests => Actions.Count(action => action == ListOperation);

    /// <summary>Adds a row.</summary>
    private protected abstract void AddRow(string digits);

    /// <summary>Returns the text of an added row.</summary>
    private protected abstract string TextOf(string digits);

    /// <summary>Returns a name or an ID of an added row that the get operation accepts.</summary>
    private protected abstract string LookupOf(string digits);

    [Theory]
    [InlineData("", 0, 29, 1, "'{0}' (30 of 250 {1}) was returned. Use -All for all {1}")]
    [InlineData("-PageSize 100", 0, 99, 1, "(100 of 250 {1})")]
    [InlineData("-All", 0, 249, Complete | 3, null)]
    [InlineData("-All -PageSize 50", 0, 249, Complete | 6, null)]
    [InlineData("-First 3", 0, 2, 1, null)]
    [InlineData("-Skip 150 -First 5", 150, 154, 2, null)]
    [InlineData("-Skip 248", 248, 249, 3, null)]
    [InlineData("-PageNo 2", 30, 59, 1, null)]
    [InlineData("-PageNo 99", 0, -1, 1, null)]
    [InlineData("-First 0", 0, -1, 0, null)]
    [InlineData("-NAME ~24?", 241, 249, Complete | 3, null)]
    [InlineData("~24* -First 2", 241, 242, 3, null)]
    [InlineData("UPPER-*", 0, -1, Complete | 3, null)]
    public void Returns_rows_that_parameters_specify(string arguments, int first, int last, int requests, string? warning)
    {
        var all = AddRows(249);

        var outcome = Session.Run($"{Cmdlet} {Expand(arguments)}").AssertNoError();

        Assert.Equal(all.Skip(first).Take(last - first + 1), outcome.Texts);
        Assert.Equal((requests & Complete) == 0 ? requests : RequestsOfCompleteList(requests & ~Complete), ListRequests);
        if (warning is null) Assert.Empty(outcome.Warnings);
        else Assert.Contains(string.Format(null, warning, Subject, Noun), Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void Looks_up_at_most_20_names(int names, bool isLookup)
    {
        AddRows(30);
        var digits = Enumerable.Range(0, names).Reverse().Select(Digits).ToArray();

        var outcome = Session.Run($"{Cmdlet} {string.Join(", ", digits.Select(LookupOf))}").AssertNoError();

        Assert.Equal((isLookup ? digits : digits.Reverse()).Select(TextOf), outcome.Texts);
        Assert.Equal(isLookup ? names : 0, Actions.Count(action => action == GetOperation));
        Assert.Equal(isLookup, ListRequests == 0);
    }

    [Fact]
    public void Returns_range_of_lookups()
    {
        AddRows(3);

        Assert.Equal([TextOf("001")], Session.Run($"{Cmdlet} {LookupOf("000")}, {LookupOf("001")}, {LookupOf("002")} -Skip 1 -First 1").AssertNoError().Texts);
    }

    [Fact]
    public void Finds_row_by_each_of_its_names()
    {
        AddRows(3);

        // With a wildcard the list is read.
        Assert.Equal([TextOf("001")], Session.Run($"{Cmdlet} {Prefix}001, 'nothing*'").AssertNoError().Texts);
        Assert.Equal([TextOf("001")], Session.Run($"{Cmdlet} {LookupOf("001")}, 'nothing*'").AssertNoError().Texts);
        Assert.Equal([TextOf("001")], Session.Run($"{Cmdlet} {LookupOf("001")}, {Prefix}001, {Prefix}00[1]").AssertNoError().Texts);
    }

    [Theory]
    [InlineData("{0}, {1}, {2}")]
    [InlineData("{0}, {1}, ~001")]
    [InlineData("{0}, {1}, '~001*'")]
    public void Reports_missing_row_and_returns_others(string names)
    {
        AddRows(3);

        var outcome = Session.Run($"{Cmdlet} {Expand(string.Format(null, names, LookupOf("000"), Missing, LookupOf("001")))}; 'after'");

        Assert.Equal([TextOf("000"), TextOf("001"), "after"], outcome.Texts);
        Assert.Null(outcome.Terminating);
        var error = Assert.Single(outcome.Errors);
        Assert.Equal(("ObjectNotFound", Missing), (error.CategoryInfo.Category.ToString(), error.TargetObject));
        Assert.StartsWith(NotFoundId + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(Missing, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Returns_count_first()
    {
        AddRows(249);

        Assert.Equal(250UL, Session.Run($"{Cmdlet} -First 2 -IncludeTotalCount").AssertNoError().Output[0].BaseObject);
        Emulator.ClearRequests();
        Assert.Equal(250UL, Assert.Single(Session.Run($"{Cmdlet} -First 0 -IncludeTotalCount").AssertNoError().Output).BaseObject);
        Assert.Equal("1", Assert.Single(Emulator.Requests).Parameters["PageSize"]);
    }

    [Theory]
    [InlineData("{0}, {1}")]
    [InlineData("~*")]
    public void Returns_unknown_count_for_names(string names)
    {
        AddRows(3);

        var counts = Session.Run($"{Cmdlet} {Expand(string.Format(null, names, LookupOf("000"), LookupOf("001")))} -IncludeTotalCount").AssertNoError().Output.Where(one => one.BaseObject is ulong).ToArray();

        Assert.Equal((0UL, 0.0), (Assert.Single(counts).BaseObject, counts[0].Properties["Accuracy"].Value));
    }

    [Theory]
    [InlineData("-PageNo 1 -All", "-PageNo returns one page")]
    [InlineData("-PageNo 1 -First 1", "-PageNo returns one page")]
    [InlineData("-PageNo 1 -Skip 1", "-PageNo returns one page")]
    [InlineData("r* -PageNo 1", "-PageNo returns one page")]
    [InlineData("-PageSize 101", "100")]
    [InlineData("''", "The NAME is empty.")]
    [InlineData("$null", "The NAME is empty.")]
    [InlineData("@()", "The NAME is empty.")]
    [InlineData("'r['", "'r[' is not a valid wildcard")]
    [InlineData("-NAME 007, 1.10", "is a value of type")]
    [InlineData("-InstanceId ''", "InstanceId is empty")]
    [InlineData("-InstanceId x", "'x' is not the ID of an instance")]
    [InlineData("-RegionId ''", "-RegionId is empty")]
    [InlineData("-RegionId a/b", "'a/b' is not a region ID")]
    public void Rejects_invalid_input_before_any_request(string arguments, string message)
    {
        var outcome = Session.Run($"{Cmdlet} {Expand(arguments)}");

        Assert.Empty(outcome.Output);
        Assert.Contains(Expand(message), outcome.Terminating!.ToString(), StringComparison.Ordinal);
        Assert.Empty(Emulator.Requests);
    }

    [Fact]
    public void Ends_incomplete_list_with_error()
    {
        AddRows(249);
        Emulator.OnReply = (call, body, _) => call.Action == ListOperation && call.Parameters["PageNo"] == "2" ? RejectAsync(body, "NoPrivilege") : Task.CompletedTask;

        var outcome = Session.Run($"{Cmdlet} -All");

        Assert.StartsWith("IncompleteListing,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(Subject, outcome.Terminating.TargetObject);
        Assert.Contains($"The list of {Noun} failed at page 2", outcome.Terminating.ToString(), StringComparison.Ordinal);
        Assert.Contains($"RAM action '{RamAction}'", outcome.Terminating.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Returns_same_rows_by_json_and_xml()
    {
        AddRows(120);
        const string serialize = "ForEach-Object { [System.Management.Automation.PSSerializer]::Serialize($_) }";
        var script = $"{Cmdlet} -All | {serialize}; {Cmdlet} {LookupOf("007")} | {serialize}";

        var json = Session.Run(script).AssertNoError();
        var xml = Session.Run($"$null = Connect-CrRegistry cn-shanghai {Emulator.InstanceId} -Endpoint {Emulator.Address} -Credential $credential -Format Xml; {script}").AssertNoError();

        Assert.Equal(122, json.Output.Count);
        Assert.Equal(json.Texts, xml.Texts);
    }

    private protected static Task RejectAsync(JsonObject body, string code)
    {
        (body["IsSuccess"], body["Code"]) = (false, code);
        return Task.CompletedTask;
    }

    /// <summary>Adds rows. Returns the texts of all rows in the order of the service.</summary>
    private protected IReadOnlyList<string> AddRows(int count)
    {
        var existing = Session.Run($"{Cmdlet} -All").AssertNoError().Texts;
        for (var number = 0; number < count; number++) AddRow(Digits(number));
        Emulator.ClearRequests();
        return [.. existing, .. Enumerable.Range(0, count).Select(Digits).Select(TextOf)];
    }

    /// <summary>Without times the whole list is read again, otherwise its two ends.</summary>
    private int RequestsOfCompleteList(int pages) => HasTimes ? pages + 2 : 2 * pages;

    private static string Digits(int number) => number.ToString("000", null);

    private string Expand(string arguments) => arguments.Replace("~", Prefix, StringComparison.Ordinal).Replace("NAME", NameParameter, StringComparison.Ordinal);
}

/// <summary>The behavior of list cmdlets that also accept names from the pipeline.</summary>
public abstract class NamedListCmdletTests : ListCmdletTests
{
    [Fact]
    public void Reports_invalid_name_from_pipeline_and_continues()
    {
        AddRows(1);

        var outcome = Session.Run($"'r[', '', '{LookupOf("000")}' | {Cmdlet}");

        Assert.Equal([TextOf("000")], outcome.Texts);
        Assert.Null(outcome.Terminating);
        Assert.Equal(["r[", ""], outcome.Errors.Select(error => error.TargetObject));
    }
}
