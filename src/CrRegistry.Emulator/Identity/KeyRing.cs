using System.Collections.Concurrent;
using CrRegistry.Emulator.Replies;

namespace CrRegistry.Emulator.Identity;

/// <summary>The keys that the emulator knows: the lasting one, and the temporary ones that it gave.</summary>
internal sealed class KeyRing(AccessKey lasting, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, AccessKey> _temporary = new(StringComparer.Ordinal);

    /// <summary>Gives a temporary key.</summary>
    public AccessKey Issue(TimeSpan duration)
    {
        DateTimeOffset now = clock.GetUtcNow();

        // To the second, as its text has it; ended ones are not kept for ever.
        var key = AccessKey.NewTemporary(DateTimeOffset.FromUnixTimeSeconds((now + duration).ToUnixTimeSeconds()));
        foreach ((string id, AccessKey ended) in _temporary)
        {
            if (now - ended.Expiration > TimeSpan.FromDays(1))
                _temporary.TryRemove(id, out _);
        }

        _temporary[key.Id] = key;
        return key;
    }

    /// <summary>The key that a request is signed with.</summary>
    /// <exception cref="ApiFault">The key is unknown or has ended, or its token is missing or another's.</exception>
    public AccessKey Find(string id, string? token)
    {
        AccessKey? key = id == lasting.Id ? lasting : _temporary.GetValueOrDefault(id);
        if (key is null)
            throw ApiFault.NotFound("InvalidAccessKeyId.NotFound", "Specified access key is not found.");
        if (key.Token is not null && token is null)
            throw ApiFault.Missing("SecurityToken");
        if (key.Token != token)
            throw ApiFault.BadRequest("InvalidSecurityToken.Malformed", "The security token is not that of the access key.");
        if (key.Expiration <= clock.GetUtcNow())
            throw ApiFault.BadRequest("InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");
        return key;
    }
}
