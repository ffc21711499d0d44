using CrRegistry.Client.Decoding;
using CrRegistry.Client.Decoding.Json;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Listing;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Retry;
using CrRegistry.Requests;

namespace CrRegistry.Client.Api;

/// <summary>The latest scan of a tag: GetRepoTagScanStatus and GetRepoTagScanSummary.</summary>
/// <param name="transport">The way to the service.</param>
/// <param name="repository">The repository. The operations need its ID.</param>
/// <param name="tag">The name of the tag.</param>
internal sealed class LatestScan(ApiTransport transport, RepositoryScope repository, string tag)
{
    private static readonly string[] s_missing = ["NOTEXIST", "NOTFOUND"];
    private static readonly string[] s_scans = ["SCAN", "SCANTASK", "SCANTASKID", "SCANRESULT", "SCANSTATUS", "SCANSUMMARY"];

    /// <summary>Returns the parameters of an operation on the scan of a tag. The documents contradict each other on the form of Digest, which is optional.</summary>
    public static Dictionary<string, string> Parameters(RepositoryScope repository, string tag) => new()
    {
        ["InstanceId"] = repository.Instance.InstanceId,
        ["RepoId"] = repository.Repository.Id ?? throw new InvalidOperationException("The repository is not resolved."),
        ["Tag"] = tag,
    };

    /// <summary>Reads the status, and the numbers of vulnerabilities if the scan is complete.</summary>
    public async Task<TagScan> GetAsync(CancellationToken cancellationToken)
    {
        var scan = await GetStatusAsync(cancellationToken).ConfigureAwait(false);
        if (scan.Status == TagScan.Complete) await ReadSummaryAsync(scan, cancellationToken).ConfigureAwait(false);
        return scan;
    }

    /// <summary>Reads the status.</summary>
    public async Task<TagScan> GetStatusAsync(CancellationToken cancellationToken)
    {
        ScanStatusReply? reply = null;
        try
        {
            reply = await transport.SendAsync(
                Operation.GetRepoTagScanStatus, Parameters(repository, tag), one => ReplyDecoder.Decode(one, ReplyJson.Default.ScanStatusReply), cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException failure) when (IsOfNoScan(failure.Code))
        {
            // The tag was never scanned.
        }

        return new TagScan
        {
            Tag = tag,
            Status = TagScan.StatusOf(ReplyDecoder.Text(reply?.Status)),
            ScanService = ReplyDecoder.Text(reply?.ScanService),
            InstanceId = repository.Instance.InstanceId,
            RegionId = repository.Instance.RegionId,
            RepoId = repository.Repository.Id,
            RepoNamespaceName = repository.Repository.NamespaceName,
            RepoName = repository.Repository.Name,
        };
    }

    /// <summary>
    /// True for a code that a scan does not exist. No document has the code for a tag that was never scanned. The service writes codes as in REPO_NOT_EXIST,
    /// and the gateway as in InvalidApi.NotFound. A scan rule or a scan service that does not exist is another failure.
    /// </summary>
    public static bool IsOfNoScan(string code)
    {
        var letters = new string([.. code.ToUpperInvariant().Where(char.IsLetter)]);
        return s_missing.Any(missing => s_scans.Any(scan => letters.EndsWith(scan + missing, StringComparison.Ordinal)));
    }

    /// <summary>Reads the numbers of vulnerabilities.</summary>
    /// <exception cref="CrApiException">A number is missing or invalid, or the total is less than the sum of the others.</exception>
    public async Task ReadSummaryAsync(TagScan scan, CancellationToken cancellationToken) => await transport.SendAsync(
        Operation.GetRepoTagScanSummary,
        Parameters(repository, tag),
        reply =>
        {
            var fields = ReplyDecoder.Decode(reply, ReplyJson.Default.ScanSummaryReply);
            scan.HighSeverity = Read(nameof(fields.HighSeverity), fields.HighSeverity);
            scan.MediumSeverity = Read(nameof(fields.MediumSeverity), fields.MediumSeverity);
            scan.LowSeverity = Read(nameof(fields.LowSeverity), fields.LowSeverity);
            scan.UnknownSeverity = Read(nameof(fields.UnknownSeverity), fields.UnknownSeverity);
            scan.TotalSeverity = Read(nameof(fields.TotalSeverity), fields.TotalSeverity);
            // The service may know severities that have no number of their own, so that the total may be higher.
            var sum = scan.HighSeverity + scan.MediumSeverity + scan.LowSeverity + scan.UnknownSeverity;
            return scan.TotalSeverity >= sum ? scan : throw ReplyDecoder.Invalid(reply, $"its TotalSeverity {scan.TotalSeverity} is less than the sum of the other numbers");

            // In a comparison, a missing number would look like an image without vulnerabilities. The document has numbers of 32 bits.
            long Read(string field, NumberField value) => value.TrySize(out var number) && number is { } count and <= int.MaxValue
                ? count
                : throw ReplyDecoder.Invalid(reply, value.IsEmpty ? $"it has no {field}" : $"it has an invalid {field} '{value}'");
        },
        cancellationToken).ConfigureAwait(false);
}

/// <summary>Reads the latest scan of a tag. Its message is <see cref="RowFound{TRow}"/>.</summary>
/// <param name="open">Returns the way to the service for the requests of a job.</param>
/// <param name="repository">The repository.</param>
/// <param name="tag">The name of the tag.</param>
/// <param name="checksTag">True if a tag that was never scanned must exist. A listed tag exists, but a user may mistype a name.</param>
internal sealed class ScanJob(Func<JobContext, ApiSession> open, RepositoryScope repository, string tag, bool checksTag) : IJob
{
    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var session = open(context);
        TagScan? scan = null;
        await session.UseAsync(repository, ReadAsync, cancellationToken).ConfigureAwait(false);
        await context.WriteAsync(new RowFound<TagScan>(scan!), cancellationToken).ConfigureAwait(false);

        async Task ReadAsync(RepositoryScope resolved, CancellationToken token)
        {
            scan = await new LatestScan(session.Transport, resolved, tag).GetAsync(token).ConfigureAwait(false);
            if (checksTag && scan.Status == TagScan.NotScanned) await new Tags(resolved).GetAsync(session.Transport, tag, token).ConfigureAwait(false);
        }
    }
}

/// <summary>Starts a scan of a tag unless one runs: CreateRepoTagScanTask.</summary>
/// <param name="repository">The repository.</param>
/// <param name="tag">The name of the tag.</param>
/// <param name="scanService">The scan engine; null for the default of the service.</param>
/// <param name="timeout">The longest time to wait for the end of the scan; null for no wait.</param>
/// <param name="returnsScan">True if the scan is read and returned.</param>
internal sealed class ScanStart(RepositoryScope repository, string tag, string? scanService, TimeSpan? timeout, bool returnsScan) : Change<TagScan>
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The time after which an unchanged final status is accepted, although it may be that of the earlier scan. The status may stay that of the earlier
    /// scan until the new one begins.
    /// </summary>
    private static readonly TimeSpan s_longestDelayOfStatus = TimeSpan.FromSeconds(30);

    /// <summary>The scan that failed.</summary>
    private TagScan? _failed;

    private bool _wasRunning;

    /// <summary>True if the result may be that of an earlier scan.</summary>
    private bool _mayBeEarlier;

    public override string? Warning => _wasRunning && timeout is null ? "No scan was started, because a scan of the tag is already running."
        : _mayBeEarlier ? $"The scan was started. {MayBeEarlier}"
        : null;

    private static string MayBeEarlier => $"Its status has not changed for {TransportFailure.Seconds(s_longestDelayOfStatus)}, so the result may be that of an earlier scan.";

    private string Started => _wasRunning ? "The scan was already running" : "The scan was started";

    public override async Task<string> FindAsync(ApiSession session, CancellationToken cancellationToken)
    {
        var id = string.Empty;
        await session.UseAsync(repository, (resolved, _) => { id = resolved.Repository.Id!; return Task.CompletedTask; }, cancellationToken).ConfigureAwait(false);
        return $"{repository.Instance.InstanceId} {id}:{tag}";
    }

    public override async Task<TagScan?> MakeAsync(ApiSession session, CancellationToken cancellationToken)
    {
        TagScan? scan = null;
        await session.UseAsync(repository, StartAsync, cancellationToken).ConfigureAwait(false);
        return returnsScan ? scan : null;

        async Task StartAsync(RepositoryScope resolved, CancellationToken token)
        {
            var latest = new LatestScan(session.Transport, resolved, tag);
            var before = await latest.GetStatusAsync(token).ConfigureAwait(false);
            _wasRunning = before.IsRunning;
            if (!_wasRunning) await SendAsync(session.Transport, resolved, latest, before, token).ConfigureAwait(false);
            try
            {
                if (timeout is { } limit) scan = await WaitAsync(session.Transport.Clock, latest, before, limit, token).ConfigureAwait(false);
                else if (returnsScan) scan = await latest.GetAsync(token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!_wasRunning)
            {
                // The change was made. Its result is not returned.
            }
            catch (CrApiException failure) when (failure.Code is not (CrErrorCode.ScanFailed or CrErrorCode.ScanTimeout))
            {
                throw failure.WithMessage($"{Started}, but its result could not be read. {failure.Message}", isAfterChange: true);
            }
        }
    }

    public override TagScan? ResultOf(CrApiException failure) => returnsScan ? _failed : null;

    private async Task SendAsync(ApiTransport transport, RepositoryScope resolved, LatestScan latest, TagScan before, CancellationToken cancellationToken)
    {
        var parameters = LatestScan.Parameters(resolved, tag);
        if (scanService is not null) parameters.Add("ScanService", scanService);
        try
        {
            await transport.SendAsync(Operation.CreateRepoTagScanTask, parameters, reply => ReplyDecoder.Decode(reply, ReplyJson.Default.EmptyReply), cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException lost) when (lost.IsOutcomeUnknown && !cancellationToken.IsCancellationRequested)
        {
            await FindOutcomeAsync(latest, before, lost, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the status after the reply was lost. The request is not repeated, because each scan costs time, and one of the engines is paid.</summary>
    private static async Task FindOutcomeAsync(LatestScan latest, TagScan before, CrApiException lost, CancellationToken cancellationToken)
    {
        TagScan now;
        try
        {
            now = await latest.GetStatusAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw lost;
        }
        catch (CrApiException failure)
        {
            throw lost.WithMessage($"{lost.Message} The lookup of the scan also failed. {failure.Message}");
        }

        // The status has neither an ID nor a time. An equal one may be that of the earlier scan, and no scan shows nothing.
        if (now.Status == before.Status || now.Status == TagScan.NotScanned)
            throw lost.WithMessage($"{lost.Message} The status of the scan does not show whether a scan was started. It was '{SafeText.Ascii(before.Status)}' before the request and is '{SafeText.Ascii(now.Status)}' now.");
    }

    private async Task<TagScan> WaitAsync(TimeProvider clock, LatestScan latest, TagScan before, TimeSpan limit, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        TagScan? scan = null;
        CrApiException? failure = null;
        // A reply may take minutes, if the service throttles requests or does not answer.
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(limit);
        try
        {
            // A part of the limit, so that the status is also read near its end.
            var longestPause = Math.Min(s_longestPause.Ticks, limit.Ticks / 4);
            for (var pause = Math.Min(s_firstPause.Ticks, longestPause); clock.GetElapsedTime(start) < limit; pause = Math.Min(2 * pause, longestPause))
            {
                await clock.Delay(new TimeSpan(pause), limited.Token).ConfigureAwait(false);
                try
                {
                    scan = await latest.GetStatusAsync(limited.Token).ConfigureAwait(false);
                    failure = null;
                    var isUnchanged = scan.MayBeSameAs(before);
                    if (scan.HasEnded && (!isUnchanged || clock.GetElapsedTime(start) > s_longestDelayOfStatus)) return await EndAsync(latest, scan, isUnchanged, limited.Token).ConfigureAwait(false);
                    // A service of several servers may have no status for a moment.
                    if (!scan.HasEnded && scan.Status != TagScan.NotScanned) before = scan;
                }
                catch (CrApiException temporary) when (IsTemporary(temporary))
                {
                    // The scan continues while the service, or the way to it, fails.
                    failure = temporary;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The limit is reached.
        }

        var latestStatus = scan is null ? "No reply contained its status." : $"Its latest status is '{SafeText.Ascii(scan.Status)}'{(scan.HasEnded && scan.MayBeSameAs(before) ? ", which may be that of an earlier scan" : string.Empty)}.";
        throw Unsuccessful(CrErrorCode.ScanTimeout, $"{Started}, but its result was not available within {TransportFailure.Seconds(limit)}. {latestStatus}{(failure is null ? string.Empty : $" {failure.Message}")}");
    }

    private static bool IsTemporary(CrApiException failure) =>
        // The status may be from a proxy. Numbers that are invalid stay so.
        (failure.Code == CrErrorCode.InvalidResult && failure.Action == Operation.GetRepoTagScanStatus.Name) || LatestScan.IsOfNoScan(failure.Code) || FailureRules.KindOf(failure, null, writes: false) is FailureKind.ServiceFailed or FailureKind.ReplyLost or FailureKind.Throttled;

    private async Task<TagScan> EndAsync(LatestScan latest, TagScan scan, bool isUnchanged, CancellationToken cancellationToken)
    {
        if (scan.Status == TagScan.Failed)
        {
            _failed = scan;
            throw Unsuccessful(CrErrorCode.ScanFailed, isUnchanged ? $"The scan failed. {MayBeEarlier}" : "The scan failed.");
        }

        if (returnsScan) await latest.ReadSummaryAsync(scan, cancellationToken).ConfigureAwait(false);
        _mayBeEarlier = isUnchanged;
        return scan;
    }

    private static CrApiException Unsuccessful(string code, string message) => new(message) { Code = code, Action = Operation.GetRepoTagScanStatus.Name, IsAfterChange = true };
}

/// <summary>The vulnerabilities that the complete scan of a tag found: ListRepoTagScanResult.</summary>
/// <param name="repository">The repository. The operation needs its ID.</param>
/// <param name="tag">The name of the tag.</param>
/// <param name="severity">The severity of the rows; null for all.</param>
internal sealed class TagVulnerabilities(RepositoryScope repository, string tag, string? severity) : Resource<TagVulnerability>
{
    public override RowKind<TagVulnerability> Kind { get; } = new(Operation.ListRepoTagScanResult.Name, "vulnerabilities", row => row.Key, _ => null) { HasEqualRows = true, IsImmutable = true };

    /// <summary>The engine of the scan that was complete before the list; null if the service returned none.</summary>
    private string? ScanService { get; init; }

    public override bool HasSeparateLookups => false;

    public override bool CanLookUp(string name) => false;

    public override Task<TagVulnerability> GetAsync(ApiTransport transport, string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task<Page<TagVulnerability>> GetPageAsync(ApiTransport transport, int pageNo, int pageSize, CancellationToken cancellationToken)
    {
        var parameters = LatestScan.Parameters(repository, tag);
        if (severity is not null) parameters.Add("Severity", severity);
        return ListAsync(
            transport, Operation.ListRepoTagScanResult, parameters, pageNo, pageSize, ReplyJson.Default.ListRepoTagScanResultReply,
            nameof(ListRepoTagScanResultReply.Vulnerabilities), static reply => reply.Vulnerabilities, Read, cancellationToken);
    }

    /// <summary>An empty list means that the image has no vulnerability only if its scan is complete.</summary>
    public override Task UseAsync(ApiSession session, Func<Resource<TagVulnerability>, CancellationToken, Task> use, CancellationToken cancellationToken)
    {
        return session.UseAsync(repository, UseCompleteAsync, cancellationToken);

        async Task UseCompleteAsync(RepositoryScope resolved, CancellationToken token)
        {
            var scan = await new LatestScan(session.Transport, resolved, tag).GetStatusAsync(token).ConfigureAwait(false);
            if (scan.Status != TagScan.Complete) throw NotComplete(ReasonOf(scan.Status));
            await use(new TagVulnerabilities(resolved, tag, severity) { ScanService = scan.ScanService }, token).ConfigureAwait(false);
        }
    }

    /// <summary>Another scan may have begun while the list was read. Its own list is empty at first, and then grows.</summary>
    public override async Task CheckEndAsync(ApiTransport transport, CancellationToken cancellationToken)
    {
        var scan = await new LatestScan(transport, repository, tag).GetStatusAsync(cancellationToken).ConfigureAwait(false);
        if (scan.Status == TagScan.Complete && scan.ScanService == ScanService) return;
        throw NotComplete(scan.Status == TagScan.Complete
            ? $"The engine of the scan changed from '{SafeText.Ascii(ScanService ?? string.Empty)}' to '{SafeText.Ascii(scan.ScanService ?? string.Empty)}' while the vulnerabilities of the tag were listed."
            : $"The scan of the tag was complete before its vulnerabilities were listed. Its status is now '{SafeText.Ascii(scan.Status)}'.");
    }

    /// <exception cref="UnreadableBodyException">The row is empty, or has another severity than requested.</exception>
    internal TagVulnerability Read(VulnerabilityFields? fields)
    {
        if (string.IsNullOrEmpty(fields?.CveName) && string.IsNullOrEmpty(fields?.Feature)) throw new UnreadableBodyException("has neither a CveName nor a Feature");
        if (severity is not null && !string.Equals(severity, fields!.Severity, StringComparison.OrdinalIgnoreCase))
            throw new UnreadableBodyException($"has the Severity '{SafeText.Ascii(fields.Severity ?? string.Empty)}' instead of '{severity}'");
        return new TagVulnerability
        {
            CveName = ReplyDecoder.Text(fields!.CveName),
            CveLink = ReplyDecoder.Text(fields.CveLink),
            CveLocation = ReplyDecoder.Text(fields.CveLocation),
            Severity = ReplyDecoder.Text(fields.Severity),
            ScanType = ReplyDecoder.Text(fields.ScanType),
            Feature = ReplyDecoder.Text(fields.Feature),
            Version = ReplyDecoder.Text(fields.Version),
            VersionFixed = ReplyDecoder.Text(fields.VersionFixed),
            VersionFormat = ReplyDecoder.Text(fields.VersionFormat),
            AddedBy = ReplyDecoder.Text(fields.AddedBy),
            Description = ReplyDecoder.Text(fields.Description),
            FixCmd = ReplyDecoder.Text(fields.FixCmd),
            AliasName = ReplyDecoder.Text(fields.AliasName),
            Tag = tag,
            InstanceId = repository.Instance.InstanceId,
            RegionId = repository.Instance.RegionId,
            RepoId = repository.Repository.Id,
            RepoNamespaceName = repository.Repository.NamespaceName,
            RepoName = repository.Repository.Name,
            Key = string.Join(
                "\n", fields.CveName, fields.Feature, fields.Version, fields.VersionFixed, fields.CveLocation, fields.AddedBy, fields.ScanType, fields.Severity, fields.CveLink,
                fields.VersionFormat, fields.Description, fields.FixCmd, fields.AliasName),
        };
    }

    private static string ReasonOf(string status) => status switch
    {
        TagScan.NotScanned => "The tag has not been scanned, so its vulnerabilities are not known.",
        TagScan.Failed => "The latest scan of the tag failed, so its vulnerabilities are not known.",
        _ => $"The scan of the tag is not complete. Its status is '{SafeText.Ascii(status)}'.",
    };

    private static CrApiException NotComplete(string message) => new(message)
    {
        Code = CrErrorCode.ScanNotComplete,
        Action = Operation.GetRepoTagScanStatus.Name,
    };
}

internal sealed class ScanStatusReply : Envelope
{
    public string? Status { get; set => field = Once(value, 5); }

    public string? ScanService { get; set => field = Once(value, 6); }
}

internal sealed class ScanSummaryReply : Envelope
{
    public NumberField HighSeverity { get; set => field = Once(value, 5); }

    public NumberField MediumSeverity { get; set => field = Once(value, 6); }

    public NumberField LowSeverity { get; set => field = Once(value, 7); }

    public NumberField UnknownSeverity { get; set => field = Once(value, 8); }

    public NumberField TotalSeverity { get; set => field = Once(value, 9); }
}

internal sealed class ListRepoTagScanResultReply : ListReply
{
    public List<VulnerabilityFields?>? Vulnerabilities { get; set => field = Once(value, 7); }
}

/// <summary>The fields of a row of ListRepoTagScanResult.</summary>
internal sealed class VulnerabilityFields : Envelope
{
    public string? CveName { get; set => field = Once(value, 5); }

    public string? CveLink { get; set => field = Once(value, 6); }

    public string? CveLocation { get; set => field = Once(value, 7); }

    public string? Severity { get; set => field = Once(value, 8); }

    public string? ScanType { get; set => field = Once(value, 9); }

    public string? Feature { get; set => field = Once(value, 10); }

    public string? Version { get; set => field = Once(value, 11); }

    public string? VersionFixed { get; set => field = Once(value, 12); }

    public string? VersionFormat { get; set => field = Once(value, 13); }

    public string? AddedBy { get; set => field = Once(value, 14); }

    public string? Description { get; set => field = Once(value, 15); }

    public string? FixCmd { get; set => field = Once(value, 16); }

    public string? AliasName { get; set => field = Once(value, 17); }
}
