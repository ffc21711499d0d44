using System.Globalization;
using System.Management.Automation;
using CrRegistry.Client.Tests.Listing.Simulation;
using CrRegistry.Client.Tests.Removal.Simulation;
using CrRegistry.Module.Tests.Support;
using Xunit.Abstractions;

namespace CrRegistry.Module.Tests;

/// <summary>
/// Scripts that list, select and remove without a prompt, on an emulator that fails and that others change. The emulator notes each delete, and
/// an independent implementation of the rule decides if it was right. CRREGISTRY_SIMULATED_RUNS sets the number of runs, four times as many, and CRREGISTRY_SIMULATED_SEED the
/// first seed. docs/reliability.md contains the output.
/// </summary>
public sealed class UnattendedCleanUpTests(ITestOutputHelper output) : ModuleTest
{
    /// <summary>Each script stores the output of the listing in <c>$listed</c>, and the error of a listing that it ignores in <c>$ignored</c>.</summary>
    private static readonly Script[] s_scripts =
    [
        new("pipeline", "Get-CrRepository \"$namespace/*\" -All | Get-CrRepoTag -All -PageSize 10 -OutVariable listed | Select-CrStaleTag @rule | Remove-CrRepoTag -Confirm:$false -PassThru -ErrorAction Stop"),
        new("variable", "$listed = Get-CrRepository \"$namespace/*\" -All | Get-CrRepoTag -All; $stale = @($listed | Select-CrStaleTag @rule); if ($stale) { $stale | Remove-CrRepoTag -Confirm:$false -PassThru -ErrorAction Continue }"),
        new("ignored error", "$listed = [Collections.ArrayList]::new(); try { Get-CrRepoTag $repository -All -PageSize 10 | ForEach-Object { $null = $listed.Add($_) } } catch { $ignored = $_ }; $listed | Select-CrStaleTag @rule | Remove-CrRepoTag -Confirm:$false -PassThru -ErrorAction Continue"),
        new("age alone", "Get-CrRepoTag $repository -All -PageSize 10 -OutVariable listed | Where-Object { $_.ImageUpdate -and $_.ImageUpdate -lt $limit } | Remove-CrRepoTag -Confirm:$false -PassThru -ErrorAction Continue") { IsByAge = true },
        new("age alone, ignored error", "$listed = [Collections.ArrayList]::new(); try { Get-CrRepoTag $repository -All -PageSize 10 | ForEach-Object { $null = $listed.Add($_) } } catch { $ignored = $_ }; $listed | Where-Object { $_.ImageUpdate -and $_.ImageUpdate -lt $limit } | Remove-CrRepoTag -Confirm:$false -PassThru -ErrorAction Continue") { IsByAge = true },
        new("copies, ignored error", "$listed = [Collections.ArrayList]::new(); try { Get-CrRepoTag $repository -All -PageSize 10 | ForEach-Object { $null = $listed.Add($_) } } catch { $ignored = $_ }; $listed | Select-CrStaleTag @rule | ForEach-Object { [pscustomobject]@{ InstanceId = $_.InstanceId; RepoId = $_.RepoId; Tag = $_.Tag; Digest = $_.Digest; ImageUpdate = $_.ImageUpdate } } | Remove-CrRepoTag -Confirm:$false -PassThru -ErrorAction Continue"),
        new("forgotten filter", "Get-CrRepoTag $repository -All -OutVariable listed | Select-CrStaleTag @rule -Explain | Remove-CrRepoTag -Confirm:$false -PassThru -ErrorAction Continue"),
    ];

    private readonly Dictionary<string, int> _counts = [];

    [Fact]
    public void Script_deletes_only_stale_tags_and_nothing_if_its_listing_fails()
    {
        var violations = Enumerable.Range(SimulatedRuns.Seed, 4 * SimulatedRuns.Count).SelectMany(Run).ToArray();

        output.WriteLine(string.Join('\n', _counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key}: {count.Value}"))));
        Assert.True(violations.Length == 0, $"{violations.Length} violations:\n{string.Join('\n', violations.Take(40))}");
        Assert.True(_counts["deletes"] > 0);
        Assert.True(_counts["failed listings"] > 0);
    }

    private IEnumerable<string> Run(int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var input = new RandomRegistry(random);
        var names = Enumerable.Range(0, random.Next(1, 4)).Select(number => $"n{seed}/app{number}").ToArray();
        var script = s_scripts[seed % s_scripts.Length];
        var rule = script.IsByAge ? new RetentionOracle { OlderThan = RandomRegistry.Start - (random.Next(60) * 86_400_000L) } : input.NewRule(names);
        (double, double, double) chances = (OneOf(0, 0.02, 0.1), OneOf(0, 0.02, 0.05), OneOf(0, 0.05, 0.2));
        var registry = new ObservedRegistry(Emulator, names.ToDictionary(name => name, _ => input.NewTags()), chances, seed);
        Session.Set("namespace", $"n{seed}");
        Session.Set("repository", names[0]);
        Session.Set("rule", ArgumentsOf(rule));
        Session.Set("limit", rule.OlderThan is { } limit ? DateTimeOffset.FromUnixTimeMilliseconds(limit).LocalDateTime : null);
        foreach (var variable in new[] { "listed", "ignored" }) Session.Set(variable, null);

        var outcome = Session.Run("$ErrorActionPreference = 'Stop'; " + script.Text);

        var failure = Session.Get("ignored") as ErrorRecord ?? outcome.Terminating;
        var isListingFailed = failure?.FullyQualifiedErrorId.Contains("GetCr", StringComparison.Ordinal) == true;
        Count("runs");
        Count("failed listings", isListingFailed ? 1 : 0);
        Count("deletes", registry.Deletes.Count);
        foreach (var result in outcome.Output) Count($"result {result.Properties["Result"].Value}");
        var problems = registry.Deletes.Select(isListingFailed ? _ => "the listing failed" : Judge(script, rule, registry)).OfType<string>().ToArray();
        Count("wrong deletes", problems.Length);
        // A script that fails for another reason deletes nothing, and would prove nothing.
        if (failure?.FullyQualifiedErrorId.Contains("CrRegistry.Cmdlets", StringComparison.Ordinal) == false) problems = [.. problems, $"the script failed: {failure}"];
        // A command that was ended by an error returns no further results.
        if (outcome.Terminating is null && Disagreement(registry, outcome) is { } disagreement) problems = [.. problems, disagreement];
        return problems.Select(problem => $"seed {seed}, {script.Name}, changes, faults, denials {chances}: {problem}");

        double OneOf(params double[] values) => values[random.Next(values.Length)];
    }

    private Func<ObservedRegistry.Delete, string?> Judge(Script script, RetentionOracle rule, ObservedRegistry registry)
    {
        var listed = LanguagePrimitives.GetEnumerable(Session.Get("listed")).Cast<object>().Select(PSObject.AsPSObject).ToLookup(row => (string)row.Properties["RepoId"].Value, StateOf);
        var stale = registry.Repositories.Values.SelectMany(repository => Stale(repository.RepoId, $"{repository.NamespaceName}/{repository.RepoName}")).ToHashSet();
        return delete =>
        {
            if (listed[delete.Key.RepoId].FirstOrDefault(state => state.Name == delete.Key.Tag) is not { } state) return $"{delete} was not listed";
            if (script.Name == "forgotten filter") return $"{delete} has the verdict 'Kept' or was given beside such tags";
            if (!stale.Contains(delete.Key)) return $"{delete} is kept by the rule";
            if (delete.Checked != state) return $"{delete} was listed as {state}";
            if (delete.Deleted != state) Count("pushes between the check and the delete");
            return null;
        };

        IEnumerable<TagKey> Stale(string repoId, string name)
        {
            // A tag that the list misses, although it was there all the time, keeps others all the same.
            var rows = listed[repoId].Where(state => registry.Had(repoId, state)).Concat(registry.UnchangedOf(repoId)).GroupBy(state => state.Name).Select(states => states.Last()).ToArray();
            return (script.IsByAge ? rows.Where(row => row.Update < rule.OlderThan).Select(row => row.Name) : rule.StaleOf(name, rows)).Select(tag => new TagKey(repoId, tag));
        }
    }

    /// <summary>Compares the results with the deletes, tag by tag. A result that is not known agrees with both.</summary>
    private static string? Disagreement(ObservedRegistry registry, Outcome outcome)
    {
        var results = outcome.Output.ToLookup(result => new TagKey((string)result.Properties["RepoId"].Value, (string)result.Properties["Tag"].Value));
        var deleted = registry.Deletes.Select(delete => delete.Key).ToHashSet();
        foreach (var result in results.SelectMany(group => group))
        {
            var (key, text, reason) = (new TagKey((string)result.Properties["RepoId"].Value, (string)result.Properties["Tag"].Value), (string)result.Properties["Result"].Value, (string?)result.Properties["Reason"].Value);
            var isSent = registry.Sent.Contains(key);
            var agrees = text switch
            {
                "Removed" => deleted.Contains(key) || isSent,
                "AlreadyGone" => !deleted.Contains(key),
                // The tag was pushed again after a delete whose reply was lost.
                "Changed" => !deleted.Contains(key) || registry.Repositories[key.RepoId].Find(key.Tag) is not null,
                _ => !deleted.Contains(key) || reason?.Contains("not known", StringComparison.Ordinal) == true,
            };
            if (!agrees) return $"{key} has the result {text}: {reason}";
        }

        return deleted.FirstOrDefault(key => !results.Contains(key)) is { Tag: not null } missing ? $"{missing} was deleted and has no result" : null;
    }

    private void Count(string name, int number = 1) => _counts[name] = _counts.GetValueOrDefault(name) + number;

    private static System.Collections.Hashtable ArgumentsOf(RetentionOracle rule)
    {
        var arguments = new System.Collections.Hashtable();
        if (rule.KeepLatest is { } count) arguments["KeepLatest"] = count;
        if (rule.OlderThan is { } time) arguments["OlderThan"] = DateTimeOffset.FromUnixTimeMilliseconds(time).LocalDateTime;
        if (rule.Protect.Count > 0) arguments["Protect"] = rule.Protect.ToArray();
        if (rule.References.Count > 0) arguments["InUse"] = rule.References.Select(reference => reference.ToString()).ToArray();
        return arguments;
    }

    private static SimulatedTag StateOf(PSObject row) => new(
        (string)row.Properties["Tag"].Value, (string)row.Properties["Digest"].Value,
        row.Properties["ImageUpdate"].Value is DateTime time ? new DateTimeOffset(time).ToUnixTimeMilliseconds() : null);

    /// <summary>A script of a user.</summary>
    private sealed record Script(string Name, string Text)
    {
        /// <summary>True if the script selects tags by their age alone.</summary>
        public bool IsByAge { get; init; }
    }
}
