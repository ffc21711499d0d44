using CrRegistry.Requests;

namespace CrRegistry.Client.Api;

/// <summary>Removes a tag if it is still the listed one: GetRepoTag, then DeleteRepoTag.</summary>
/// <param name="repository">The repository. Both operations need its ID.</param>
/// <param name="tag">The name of the tag.</param>
/// <param name="listed">The state that the tag must have; null if it only has to exist.</param>
internal sealed class TagRemoval(RepositoryScope repository, string tag, ListedTag? listed) : Change<RemovedTag>
{
    private readonly bool _isListed = listed is not null;
    private RepositoryScope? _resolved;

    /// <summary>The state that the tag must have. It stays the same if the check is repeated, also in another repository of the same name.</summary>
    private ListedTag? _expected = listed;

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
        New(failure.Code == CrErrorCode.TagChanged ? RemovedTag.Changed : RemovedTag.Failed, failure.RequestId, failure.Message);

    private async Task<RemovedTag> RemoveAsync(ApiSession session, Tags tags, CancellationToken cancellationToken)
    {
        try
        {
            return New(RemovedTag.Removed, await tags.RemoveAsync(session.Transport, tag, Check, cancellationToken).ConfigureAwait(false));
        }
        catch (CrApiException failure) when (!failure.IsOutcomeUnknown && tags.IsNotFound(failure))
        {
            return New(RemovedTag.AlreadyGone, failure.RequestId);
        }
        catch (CrApiException failure) when (failure.IsOutcomeUnknown && !cancellationToken.IsCancellationRequested)
        {
            return await FindOutcomeAsync(session, tags, failure, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Check(ImageTag current, string? requestId)
    {
        _expected ??= new ListedTag(current.Digest, current.ImageUpdate);
        if (!_expected.IsStateOf(current)) throw Changed($"The tag has changed since it was {(_isListed ? "listed" : "checked")}, and was not removed. {Difference(current)}", requestId);
    }

    /// <summary>Looks the tag up after the reply was lost. The delete is not repeated, because it could remove a tag that was pushed since.</summary>
    private async Task<RemovedTag> FindOutcomeAsync(ApiSession session, Tags tags, CrApiException lost, CancellationToken cancellationToken)
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
            return New(RemovedTag.Removed, lost.RequestId);
        }
        catch (CrApiException failure)
        {
            throw lost.WithMessage($"{lost.Message} The lookup of the tag also failed. {failure.Message}");
        }

        var sent = $"{lost.Action} was sent, but no valid reply was received. {lost.InnerException!.Message}";
        if (!_expected!.IsStateOf(current)) throw Changed($"{sent} The tag has changed since it was checked. {Difference(current)}", lost.RequestId);
        throw new CrApiException($"{sent} A lookup found the tag unchanged, but the service may still execute the request.", lost)
        {
            Code = lost.Code,
            Action = lost.Action,
            RequestId = lost.RequestId,
            HttpStatus = lost.HttpStatus,
        };
    }

    private string Difference(ImageTag current) => string.Equals(_expected!.Digest, current.Digest, StringComparison.OrdinalIgnoreCase)
        ? "Its ImageUpdate has changed."
        : $"Its digest changed from '{SafeText.Ascii(_expected.Digest ?? string.Empty)}' to '{SafeText.Ascii(current.Digest ?? string.Empty)}'.";

    private static CrApiException Changed(string message, string? requestId) =>
        new(message) { Code = CrErrorCode.TagChanged, Action = Operation.GetRepoTag.Name, RequestId = requestId };

    private RemovedTag New(string result, string? requestId, string? reason = null) => new()
    {
        Tag = tag,
        Result = result,
        Reason = reason,
        Digest = _expected?.Digest,
        RequestId = requestId,
        InstanceId = Scope.Instance.InstanceId,
        RegionId = Scope.Instance.RegionId,
        RepoId = Scope.Repository.Id,
        RepoNamespaceName = Scope.Repository.NamespaceName,
        RepoName = Scope.Repository.Name,
    };
}
