using CrRegistry.Emulator;
using CrRegistry.Emulator.Faults;
using CrRegistry.Emulator.Store;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Start-CrRepoTagScan, Get-CrRepoTagScan and Get-CrRepoTagVulnerability.</summary>
public sealed class ScanTests : IAsyncLifetime, IDisposable
{
    /// <summary>The cmdlets that accept tags, with the operation that each calls last for a tag that was not scanned.</summary>
    private static readonly string[] s_cmdlets = ["Get-CrRepoTagScan", "Start-CrRepoTagScan", "Get-CrRepoTagVulnerability"];

    private readonly StepClock _clock = new();
    private readonly Session _session = new();
    private EmulatorServer _emulator = null!;

    private IReadOnlyList<string> Actions => [.. _emulator.Requests.Select(request => request.Action!)];

    private RegistryRepository App => _emulator.Registry.Repositories[0];

    public async Task InitializeAsync()
    {
        _emulator = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 250, TimeProvider = _clock });
        _session.Connect(_emulator);
    }

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Get-CrRepoTagScan team/app v3")]
    [InlineData("Get-CrRepoTagScan -Repository team/app -Tag v3")]
    [InlineData("Get-CrRepoTagScan crr-app v3")]
    [InlineData("Get-CrRepoTagScan -RepoId crr-app v3")]
    [InlineData("'team/app' | Get-CrRepoTagScan -Tag v3")]
    [InlineData("Get-CrRepository team/app | Get-CrRepoTagScan -Tag v3")]
    [InlineData("Get-CrRepoTag team/app -Tag v3 | Get-CrRepoTagScan")]
    [InlineData("Get-CrRepoTag team/app -Tag v7 | Get-CrRepoTagScan -Tag v3")]
    [InlineData("Get-CrRepoTagScan team/app v3 | Get-CrRepoTagScan")]
    [InlineData("[pscustomobject]@{ RepoId = 'crr-app'; Tag = 'v3' } | Get-CrRepoTagScan")]
    [InlineData("[pscustomobject]@{ RepoId = 'crr-app'; Tag = 'v3'; InstanceId = ''; RegionId = ''; RepoName = '' } | Get-CrRepoTagScan")]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-CrRepoTag team/app -Tag v3))) | Get-CrRepoTagScan")]
    public void Binds_each_kind_of_input(string command)
    {
        foreach (var cmdlet in s_cmdlets)
        {
            _emulator.ClearRequests();
            var outcome = Run(command.Replace("Get-CrRepoTagScan", cmdlet, StringComparison.Ordinal) + (cmdlet.StartsWith("Start", StringComparison.Ordinal) ? " -PassThru" : ""));

            Assert.Null(outcome.Terminating);
            // A tag that is being scanned, or was not scanned, has no known vulnerabilities.
            var error = Assert.IsType<string>(outcome.Errors.SingleOrDefault()?.FullyQualifiedErrorId ?? "none");
            Assert.StartsWith(cmdlet == "Get-CrRepoTagVulnerability" ? "ScanNotComplete," : "none", error, StringComparison.Ordinal);
            var last = _emulator.Requests.Last(request => request.Action == "GetRepoTagScanStatus");
            Assert.Equal((_emulator.InstanceId, _emulator.RepoId, "v3"), (last.Parameters["InstanceId"], last.Parameters["RepoId"], last.Parameters["Tag"]));
            if (outcome.Output.Count > 0) Assert.Equal(["v3"], outcome.Texts);
        }
    }

    [Theory]
    [InlineData("team/app ''", "TagMissing", "The Tag is empty.")]
    [InlineData("team/app", "TagMissing", "No tag is specified. Specify exact names with -Tag, or pipe the output of Get-CrRepoTag.")]
    [InlineData("team/app v1, ''", "TagMissing", "The Tag is empty.")]
    [InlineData("team/app 'v*'", "TagInvalid", "The Tag 'v*' contains a wildcard character. Specify exact names, or pipe the output of 'Get-CrRepoTag -Tag v*'.")]
    [InlineData("team/app 1.10, 1.20", "ParameterArgumentTransformationError", "1.1")]
    [InlineData("team/app:v3", "RepositoryInvalid", "'team/app:v3' is not a repository.")]
    [InlineData("example.com/team/app:v3", "RepositoryInvalid", "'example.com/team/app:v3' is not a repository.")]
    [InlineData("'' v3", "RepositoryMissing", "The Repository is empty.")]
    [InlineData("app v3", "RepositoryInvalid", "'app' is not a repository.")]
    [InlineData("-RepoId team/app v3", "RepositoryInvalid", "'team/app' is not the ID of a repository.")]
    [InlineData("team/app v3 -InstanceId ''", "InstanceIdMissing", "-InstanceId is empty.")]
    [InlineData("team/app v3 -InstanceId x", "InstanceIdInvalid", "'x' is not the ID of an instance")]
    public void Rejects_invalid_input_before_any_request(string arguments, string id, string message)
    {
        foreach (var cmdlet in s_cmdlets)
        {
            var outcome = _session.Run($"{cmdlet} {arguments}");

            Assert.StartsWith(id + ",", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains(message, outcome.Terminating.ToString(), StringComparison.Ordinal);
            Assert.Empty(_emulator.Requests);
        }
    }

    [Theory]
    [InlineData("Get-CrRepoTagVulnerability team/app v3 -Severity Critical", "ParameterArgumentValidationError")]
    [InlineData("Get-CrRepoTagVulnerability team/app v3 -All -PageNo 2", "AmbiguousPaging")]
    [InlineData("Start-CrRepoTagScan team/app v3 -ScanService NONE", "ParameterArgumentValidationError")]
    [InlineData("Start-CrRepoTagScan team/app v3 -Wait -TimeoutSeconds 0", "ParameterArgumentValidationError")]
    [InlineData("Start-CrRepoTagScan team/app v3 -TimeoutSeconds 5", "WaitMissing")]
    public void Rejects_invalid_values(string command, string id)
    {
        var outcome = _session.Run(command);

        Assert.StartsWith(id + ",", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(_emulator.Requests);
    }

    [Fact]
    public void Reports_invalid_items_and_continues()
    {
        foreach (var cmdlet in s_cmdlets)
        {
            var outcome = Run("'', 'v*', 'v3' | ForEach-Object { [pscustomobject]@{ RepoId = 'crr-app'; Tag = $_ } } | " + cmdlet);

            Assert.Null(outcome.Terminating);
            Assert.Equal(["TagMissing", "TagInvalid"], outcome.Errors.Take(2).Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
            Assert.Equal("v3", _emulator.Requests[^1].Parameters["Tag"]);
        }
    }

    [Fact]
    public void Returns_one_scan_for_each_tag_in_order_of_input()
    {
        Scan("v1", "v4");
        _emulator.ClearRequests();

        var outcome = Run("Get-CrRepoTag team/app -First 30 | Get-CrRepoTagScan").AssertNoError();

        Assert.Equal(Enumerable.Range(0, 30).Select(number => $"v{number}"), outcome.Texts);
        Assert.Equal(Enumerable.Range(0, 30).Select(number => number is 1 or 4 ? "COMPLETE" : "NotScanned"), outcome.Output.Select(scan => scan.Properties["Status"].Value));
        Assert.Equal((30, 2, 0), (Count("GetRepoTagScanStatus"), Count("GetRepoTagScanSummary"), Count("GetRepoTag")));
        string[] fields = ["RepoNamespaceName", "RepoName", "RepoId", "InstanceId", "RegionId", "ScanService"];
        Assert.Equal(["team", "app", _emulator.RepoId, _emulator.InstanceId, "cn-shanghai", "ACR_SCAN_SERVICE"], fields.Select(field => outcome.Output[1].Properties[field].Value));
    }

    [Fact]
    public void Counts_vulnerabilities_by_severity()
    {
        Scan("v1");

        var outcome = Run("""
            $scan = Get-CrRepoTagScan team/app v1
            foreach ($severity in 'High', 'Medium', 'Low', 'Unknown') { "$severity $($scan."${severity}Severity")"; "$severity $(@(Get-CrRepoTagVulnerability team/app v1 -All -Severity $severity.ToUpper()).Count)" }
            $scan.TotalSeverity
            @($scan | Get-CrRepoTagVulnerability -All).Count
            """).AssertNoError();

        Assert.All(outcome.Texts.Chunk(2), pair => Assert.Equal(pair[0], pair[1]));
        Assert.Equal(10, outcome.Texts.Count);
        Assert.Equal(["High", "Low", "Medium", "Unknown"], _emulator.Requests.Select(request => request.Parameters.GetValueOrDefault("Severity")).OfType<string>().Distinct().Order());
    }

    [Theory]
    [InlineData("team/app gone", "TAG_NOT_EXIST")]
    [InlineData("team/gone v1", "REPO_NOT_EXIST")]
    [InlineData("crr-gone v1", "REPO_NOT_EXIST")]
    [InlineData("team/app v1 -InstanceId cri-gone", "INSTANCE_NOT_EXIST")]
    public void Reports_missing_tag_or_repository(string arguments, string id)
    {
        foreach (var cmdlet in s_cmdlets)
        {
            var outcome = _session.Run($"{cmdlet} {arguments}; 'after'");

            Assert.Equal(["after"], outcome.Texts);
            var error = Assert.Single(outcome.Errors);
            Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Equal("ObjectNotFound", error.CategoryInfo.Category.ToString());
        }
    }

    [Fact]
    public void Continues_after_tag_that_cannot_be_read()
    {
        Scan("v1", "v3");

        var outcome = Run("Get-CrRepoTagScan team/app v1, gone, v3");

        Assert.Equal(["v1", "v3"], outcome.Texts);
        Assert.Equal("team/app:gone", Assert.Single(outcome.Errors).TargetObject);
        outcome = Run("Get-CrRepoTagVulnerability team/app v1, v2, v3 -All | ForEach-Object Tag");
        Assert.Equal(["v1", "v3"], outcome.Texts.Distinct());
        Assert.Equal("team/app:v2", Assert.Single(outcome.Errors).TargetObject);
    }

    [Theory]
    [InlineData("Start-CrRepoTagScan team/app v1 -WhatIf")]
    [InlineData("Start-CrRepoTagScan team/app v1 -WhatIf -Wait -PassThru")]
    [InlineData("[pscustomobject]@{ RepoId = 'crr-app'; RepoNamespaceName = 'team'; RepoName = 'app'; Tag = 'v1' } | Start-CrRepoTagScan -WhatIf")]
    public void Sends_nothing_with_WhatIf(string command)
    {
        var outcome = Run(command).AssertNoError();

        Assert.Empty(outcome.Output);
        Assert.Empty(outcome.Progress);
        Assert.Empty(_emulator.Requests);
        Assert.Contains($"What if: Performing the operation \"Start scan\" on target \"team/app:v1 of instance '{_emulator.InstanceId}'\".", _session.Screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(" -ScanService SAS_SCAN_SERVICE", "SAS_SCAN_SERVICE")]
    public void Starts_scans_without_output(string option, string? service)
    {
        var outcome = Run("Start-CrRepoTagScan team/app v1, v2" + option).AssertNoError();

        Assert.Empty(outcome.Output);
        Assert.Empty(outcome.Progress);
        Assert.Equal(2, Count("CreateRepoTagScanTask"));
        Assert.Equal(service, _emulator.Requests[^1].Parameters.GetValueOrDefault("ScanService"));
        Assert.Equal(["SCANNING", "SCANNING"], Run("(Get-CrRepoTagScan team/app v1, v2).Status").Texts);
    }

    [Fact]
    public void Starts_scans_when_input_has_ended()
    {
        Run("Get-CrRepoTag team/app -All -PageSize 50 | Start-CrRepoTagScan").AssertNoError();

        Assert.Equal(250, Count("CreateRepoTagScanTask"));
        Assert.DoesNotContain("ListRepoTag", Actions.SkipWhile(action => action != "CreateRepoTagScanTask"));
    }

    [Fact]
    public void Starts_one_scan_of_tag_that_input_contains_twice()
    {
        var outcome = Run("'team/app', 'crr-app' | Start-CrRepoTagScan -Tag v1");

        Assert.StartsWith("ChangedTwice,", Assert.Single(outcome.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(1, Count("CreateRepoTagScanTask"));
    }

    [Fact]
    public void Waits_for_scans_and_returns_them()
    {
        EndScansAtSecondRead();

        var outcome = Run("Get-CrRepoTag team/app -First 3 | Start-CrRepoTagScan -Wait -PassThru").AssertNoError();

        Assert.Equal(["v0", "v1", "v2"], outcome.Texts);
        Assert.All(outcome.Output, scan => Assert.Equal("COMPLETE", scan.Properties["Status"].Value));
        Assert.All(outcome.Output, scan => Assert.IsType<long>(scan.Properties["TotalSeverity"].Value));
        Assert.Equal("Ended: 0 of 3", outcome.Progress[0].StatusDescription);
        Assert.Equal(("Ended: 3 of 3", "Completed"), (outcome.Progress[^1].StatusDescription, outcome.Progress[^1].RecordType.ToString()));
    }

    [Fact]
    public void Waits_for_scan_that_runs_and_starts_no_other()
    {
        Run("Start-CrRepoTagScan team/app v1").AssertNoError();
        EndScansAtSecondRead();

        Run("Start-CrRepoTagScan team/app v1 -Wait").AssertNoError();

        Assert.Equal(1, Count("CreateRepoTagScanTask"));
        Assert.Equal(0, Count("GetRepoTagScanSummary"));
    }

    [Fact]
    public void Reports_scan_that_fails()
    {
        App.Put(new RegistryTag { Tag = "sig", Digest = "ab", ImageSize = 3_400 });
        EndScansAtSecondRead();

        var outcome = Run("Start-CrRepoTagScan team/app sig, v1 -Wait -PassThru");

        Assert.Equal(["FAILED", "COMPLETE"], outcome.Output.Select(scan => scan.Properties["Status"].Value));
        var error = Assert.Single(outcome.Errors);
        Assert.StartsWith("ScanFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("team/app:sig: The scan failed. Start the scan again.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Warns_that_running_scan_is_not_started_again()
    {
        Run("Start-CrRepoTagScan team/app v1, v2").AssertNoError();

        var outcome = Run("Start-CrRepoTagScan team/app v1, v3, v2 -PassThru").AssertNoError();

        Assert.Equal(3, outcome.Output.Count);
        Assert.Equal(
            ["team/app:v1: No scan was started, because a scan of the tag is already running.", "team/app:v2: No scan was started, because a scan of the tag is already running."],
            outcome.Warnings);
        Assert.Equal(3, Count("CreateRepoTagScanTask"));
    }

    [Fact]
    public void Reports_scan_that_does_not_end_in_time()
    {
        var outcome = Run("Start-CrRepoTagScan team/app v1 -Wait -TimeoutSeconds 1 -PassThru");

        // In a comparison, the missing numbers of a scan that has not ended would look like an image without vulnerabilities.
        Assert.Empty(outcome.Output);
        var error = Assert.Single(outcome.Errors);
        Assert.Equal(("OperationTimeout", "team/app:v1"), (error.CategoryInfo.Category.ToString(), error.TargetObject));
        Assert.Contains("The scan was started, but its result was not available within 1 second. Its latest status is 'SCANNING'. Use Get-CrRepoTagScan to read the result of the scan later", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sends_start_once_if_reply_is_lost()
    {
        _emulator.OnCall = (call, _) => Task.FromResult(call.Action == "CreateRepoTagScanTask" && call.Parameters["Tag"] == "v1" ? new Fault(FaultKind.Reset) : null);

        var outcome = Run("Start-CrRepoTagScan team/app v1, v2 -PassThru").AssertNoError();

        // The emulator has started the scan before it drops the connection, which the status shows.
        Assert.Equal(["SCANNING", "SCANNING"], outcome.Output.Select(scan => scan.Properties["Status"].Value));
        Assert.Equal(2, Count("CreateRepoTagScanTask"));
    }

    /// <summary>An error that ends the command must not hide the scans that it started.</summary>
    [Fact]
    public void Names_started_scans_if_an_error_ends_the_command()
    {
        _emulator.OnReply = async (call, body, token) =>
        {
            if (call.Action != "CreateRepoTagScanTask" || call.Parameters["Tag"] != "v1") return;
            // The others wait for their scans then.
            while (Count("GetRepoTagScanStatus") < 5) await Task.Delay(20, token);
            (body["IsSuccess"], body["Code"]) = (false, "NoPrivilege");
        };

        var outcome = _session.Run("Start-CrRepoTagScan team/app v1, v2, v3 -Wait -ErrorAction Stop");

        Assert.NotNull(outcome.Terminating);
        foreach (var tag in new[] { "v2", "v3" }) Assert.Contains($"WARNING: team/app:{tag}: The scan was started, or was already running, when the command stopped.", _session.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain("team/app:v1: The scan was", _session.Screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-TimeoutSeconds 1", "The scan was started, but its result was not available within 1 second.")]
    [InlineData("", "The scan was started, or was already running, when the command stopped.")]
    public void Names_each_scan_if_the_first_one_ends_the_command(string option, string text)
    {
        _emulator.OnReply = (call, body, _) =>
        {
            if (call.Action == "GetRepoTagScanStatus" && option.Length == 0 && call.Parameters["Tag"] == "v1" && Count("GetRepoTagScanStatus") > 5) body["Status"] = "FAILED";
            return Task.CompletedTask;
        };

        var outcome = _session.Run($"Start-CrRepoTagScan team/app v1, v2, v3 -Wait {option} -ErrorAction Stop");

        Assert.NotNull(outcome.Terminating);
        foreach (var tag in new[] { "v2", "v3" }) Assert.Contains($"WARNING: team/app:{tag}: {text}", _session.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_wait_when_stopped()
    {
        var isWaiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _emulator.OnCall = (call, _) =>
        {
            if (call.Action == "GetRepoTagScanStatus" && Count("CreateRepoTagScanTask") == 2) isWaiting.TrySetResult();
            return Task.FromResult<Fault?>(null);
        };

        await _session.StopAsync("Start-CrRepoTagScan team/app v1, v2 -Wait", _ => isWaiting.Task);

        foreach (var tag in new[] { "v1", "v2" }) Assert.Contains($"WARNING: team/app:{tag}: The scan was started, or was already running, when the command stopped.", _session.Screen, StringComparison.Ordinal);
        _emulator.OnCall = null;
        Assert.Equal(["SCANNING", "SCANNING"], Run("(Get-CrRepoTagScan team/app v1, v2).Status").Texts);
    }

    [Fact]
    public async Task Names_each_start_without_reply_when_stopped()
    {
        var sent = new SemaphoreSlim(0);
        _emulator.OnCall = async (call, token) =>
        {
            if (call.Action != "CreateRepoTagScanTask") return null;
            sent.Release();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };

        await _session.StopAsync("Start-CrRepoTagScan team/app v1, v2 -Wait", async _ =>
        {
            await sent.WaitAsync();
            await sent.WaitAsync();
        });

        foreach (var tag in new[] { "v1", "v2" })
            Assert.Contains($"WARNING: team/app:{tag}: CreateRepoTagScanTask was sent, but no valid reply was received.", _session.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_first_page_with_warning()
    {
        var tag = TagWith(count => count > 30);

        var outcome = Run($"Get-CrRepoTagVulnerability team/app {tag}").AssertNoError();

        Assert.Equal(30, outcome.Output.Count);
        Assert.StartsWith($"Only the first page of 'team/app:{tag}' (30 of ", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Contains("Use -All for all vulnerabilities", outcome.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_all_rows_or_fails()
    {
        var tag = TagWith(count => count > 100);
        Assert.Empty(Run($"Get-CrRepoTagVulnerability team/app {tag} -All").AssertNoError().Warnings);
        _emulator.OnReply = (call, body, _) =>
        {
            if (call.Action == "ListRepoTagScanResult" && call.Parameters["PageNo"] == "2") (body["IsSuccess"], body["Code"]) = (false, "NoPrivilege");
            return Task.CompletedTask;
        };

        var outcome = Run($"Get-CrRepoTagVulnerability team/app {tag} -All");

        Assert.StartsWith("IncompleteListing,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-First 5", 5)]
    [InlineData("-Skip 10 -First 7", 7)]
    [InlineData("-PageNo 2 -PageSize 10", 10)]
    [InlineData("-First 0 -IncludeTotalCount", 1)]
    public void Lists_range(string paging, int rows)
    {
        var tag = TagWith(count => count > 40);

        Assert.Equal(rows, Run($"Get-CrRepoTagVulnerability team/app {tag} {paging}").AssertNoError().Output.Count);
    }

    [Theory]
    [InlineData("Get-CrRepoTagScan team/app v1, v2, v3")]
    [InlineData("Get-CrRepoTagVulnerability team/app v1, v2 -All")]
    [InlineData("Start-CrRepoTagScan team/app v3 -PassThru")]
    public void Returns_same_output_for_xml_and_json(string command)
    {
        Scan("v1");
        string Given(string format)
        {
            var outcome = Run($"$null = Connect-CrRegistry cn-shanghai {_emulator.InstanceId} -Endpoint {_emulator.Address} -Credential $credential -Format {format}; {command} | ForEach-Object {{ [System.Management.Automation.PSSerializer]::Serialize($_) }}");
            return string.Join('\n', outcome.Texts.Concat(outcome.Errors.Select(error => error.ToString().Split(" RequestId:")[0])));
        }

        var json = Given("Json");

        Assert.NotEmpty(json);
        Assert.Equal(json, Given("Xml"));
    }

    private Outcome Run(string script) => _session.Run(script.Replace("crr-app", _emulator.RepoId, StringComparison.Ordinal));

    private int Count(string action) => Actions.Count(one => one == action);

    /// <summary>Runs scans to their end.</summary>
    private void Scan(params string[] tags)
    {
        Run($"Start-CrRepoTagScan team/app {string.Join(", ", tags)}").AssertNoError();
        _clock.Move();
    }

    /// <summary>Scans tags until one has a suitable number of vulnerabilities.</summary>
    private string TagWith(Func<long, bool> isSuitable)
    {
        Scan([.. Enumerable.Range(0, 20).Select(number => $"v{number}")]);
        var scans = Run("Get-CrRepoTag team/app -First 20 | Get-CrRepoTagScan").AssertNoError();
        return scans.Output.First(scan => isSuitable((long)scan.Properties["TotalSeverity"].Value)).ToString();
    }

    /// <summary>Moves the clock when the status of a tag is read after its scan was started.</summary>
    private void EndScansAtSecondRead()
    {
        var read = new HashSet<string>();
        _emulator.OnCall = (call, _) =>
        {
            if (call.Action != "GetRepoTagScanStatus") return Task.FromResult<Fault?>(null);
            lock (read)
            {
                if (!read.Add(call.Parameters["Tag"])) _clock.Move();
            }

            return Task.FromResult<Fault?>(null);
        };
    }

    /// <summary>The clock of the system, which a test moves by less than the service accepts in dates of requests.</summary>
    private sealed class StepClock : TimeProvider
    {
        private long _offset;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _offset));

        /// <summary>Moves the clock by more than a scan takes.</summary>
        public void Move() => Interlocked.Add(ref _offset, TimeSpan.FromSeconds(6).Ticks);
    }
}
