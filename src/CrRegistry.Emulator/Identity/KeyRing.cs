using System.Collections.Concurrent;
using CrRegistry.Emulator.Replies;

namespace CrRegistry.Emulator.Identity;

/// <summary>The keys that the emulator accepts: the permanent key and the temporary keys that it created.</summary>
internal sealed class KeyRing(AccessKey lasting, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, AccessKey> _temporary = new(StringComparer.Ordinal);

    /// <summary>Creates a temporary key.</summary>
    public AccessKey Issue(TimeSpan duration)
    {
        DateTimeOffset now = clock.GetUtcNow();

        // In whole seconds, as in the reply. Expired keys are removed.
        var key = AccessKey.NewTemporary(DateTimeOffset.FromUnixTimeSeconds((now + duration).ToUnixTimeSeconds()));
        foreach ((string id, AccessKey ended) in _temporary)
        {
            if (now - ended.Expiration > TimeSpan.FromDays(1))
                _temporary.TryRemove(id, out _);
        }

        _temporary[key.Id] = key;
        return key;
    }

    /// <summary>Returns the key with which a request is signed.</summary>
    /// <exception cref="ApiFault">The key is unknown or expired, or its token is missing or belongs to another key.</exception>
    public AccessKey Find(string id, string? token)
    {
        AccessKey? key = id == lasting.Id ? lasting : _temporary.GetValueOrDefault(id);
        if (key is null)
            throw ApiFault.NotFound("InvalidAccessKeyId.NotFound", "Specified access key is not found.");
        if (key.Token is not null && token is null)
            throw ApiFault.Missing("SecurityToken");
        if (key.Token != token)
            throw ApiFault.BadRequest("InvalidSecurityToken.Malformed", "The security token does not belong to the access key.");
        if (key.Expiration <= clock.GetUtcNow())
            throw ApiFault.BadRequest("InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");
        return key;
    }
}
