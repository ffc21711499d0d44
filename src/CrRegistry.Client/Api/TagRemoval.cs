using CrRegistry.Client.Decoding;
using CrRegistry.Requests;

namespace CrRegistry.Client.Api;

/// <summary>Removes a tag if it is still the listed one: GetRepoTag, then DeleteRepoTag.</summary>
/// <param name="repository">The repository. Both operations need its ID.</param>
/// <param name="tag">The name of the tag.</param>
/// <param name="listed">The state that the tag must have; null if it only has to exist.</param>
internal sealed class TagRemoval(RepositoryScope repository, string tag, ListedTag? listed) : Change<RemovedTag>
{
    private RepositoryScope? _resolved;

    private RepositoryScope Scope => _resolved ?? repository;

    public override async Task<string> FindAsync(ApiSession session, CancellationToken cancellationToken)
    {
        await session.UseAsync(repository, (resolved, _) => { _resolved = resolved; return Task.CompletedTask; }, cancellationToken).ConfigureAwait(false);
        return $"{Scope.Instance.InstanceId} {Scope.Repository.Id}:{tag}";
    }

    public override async Task<RemovedTag?> MakeAsync(ApiSession session, CancellationToken cancellationToken)
    {
        RemovedTag? result = null;
        await session.UseAsync(repository, RemoveAsync, cancellationToken).ConfigureAwait(false);
        return result;

        async Task RemoveAsync(RepositoryScope resolved, CancellationToken token)
        {
            _resolved = resolved;
            result = await this.RemoveAsync(session, new Tags(resolved), token).ConfigureAwait(false);
        }
    }

    public override RemovedTag ResultOf(CrApiException failure) =>
        New(failure.Code == CrErrorCode.TagChanged ? RemovedTag.Changed : RemovedTag.Failed, listed?.Digest, failure.RequestId, failure.Message);

    private async Task<RemovedTag> RemoveAsync(ApiSession session, Tags tags, CancellationToken cancellationToken)
    {
        ListedTag? expected = listed;
        try
        {
            await CheckAsync(cancellationToken).ConfigureAwait(false);
            var parameters = new Dictionary<string, string>
            {
                ["InstanceId"] = Scope.Instance.InstanceId,
                ["RepoId"] = Scope.Repository.Id!,
                ["Tag"] = tag,
            };
            // A throttled request may wait for minutes, in which the tag may be pushed again.
            var requestId = await session.Transport.SendAsync(Operation.DeleteRepoTag, parameters, ReadReply, CheckAsync, cancellationToken).ConfigureAwait(false);
            return New(RemovedTag.Removed, expected?.Digest, requestId);
        }
        catch (CrApiException failure) when (!failure.IsOutcomeUnknown && tags.IsNotFound(failure))
        {
            return New(RemovedTag.AlreadyGone, expected?.Digest, failure.RequestId);
        }
        catch (CrApiException failure) when (failure.IsOutcomeUnknown && !cancellationToken.IsCancellationRequested)
        {
            return await FindOutcomeAsync(session, tags, expected!, failure, cancellationToken).ConfigureAwait(false);
        }

        async Task CheckAsync(CancellationToken token)
        {
            var current = await tags.GetAsync(session.Transport, tag, token).ConfigureAwait(false);
            expected ??= new ListedTag(current.Digest, current.ImageUpdate);
            if (!expected.IsStateOf(current)) throw Changed(expected, current);
        }
    }

    /// <summary>Looks the tag up after the reply was lost. The delete is not repeated, because it could remove a tag that was pushed since.</summary>
    private async Task<RemovedTag> FindOutcomeAsync(ApiSession session, Tags tags, ListedTag expected, CrApiException lost, CancellationToken cancellationToken)
    {
        ImageTag current;
        try
        {
            current = await tags.GetAsync(session.Transport, tag, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw lost;
        }
        catch (CrApiException failure) when (tags.IsNotFound(failure))
        {
            return New(RemovedTag.Removed, expected.Digest, lost.RequestId);
        }
        catch (CrApiException failure)
        {
            throw lost.WithMessage($"{lost.Message} The lookup of the tag failed, too. {failure.Message}");
        }

        if (!expected.IsStateOf(current)) throw Changed(expected, current);
        throw new CrApiException($"The tag was not removed: a lookup after the lost reply found it unchanged. {lost.InnerException?.Message ?? lost.Message}", lost)
        {
            Code = lost.Code,
            Action = lost.Action,
            RequestId = lost.RequestId,
            HttpStatus = lost.HttpStatus,
        };
    }

    private static string? ReadReply(ApiReply reply)
    {
        ReplyDecoder.Decode(reply, ReplyJson.Default.EmptyReply);
        return reply.RequestId ?? string.Empty;
    }

    private static CrApiException Changed(ListedTag expected, ImageTag current)
    {
        var change = string.Equals(expected.Digest, current.Digest, StringComparison.OrdinalIgnoreCase)
            ? "It has another ImageUpdate now."
            : $"Its digest was '{SafeText.Ascii(expected.Digest ?? string.Empty)}' and is '{SafeText.Ascii(current.Digest ?? string.Empty)}'.";
        return new CrApiException($"The tag changed since it was listed, and was not removed. {change}") { Code = CrErrorCode.TagChanged, Action = Operation.GetRepoTag.Name };
    }

    private RemovedTag New(string result, string? digest, string? requestId, string? reason = null) => new()
    {
        Tag = tag,
        Result = result,
        Reason = reason,
        Digest = string.IsNullOrEmpty(digest) ? null : digest,
        RequestId = string.IsNullOrEmpty(requestId) ? null : requestId,
        InstanceId = Scope.Instance.InstanceId,
        RegionId = Scope.Instance.RegionId,
        RepoId = Scope.Repository.Id,
        RepoNamespaceName = Scope.Repository.NamespaceName,
        RepoName = Scope.Repository.Name,
    };
}
