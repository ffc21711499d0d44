using CrRegistry.Client.Transport;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>The region that a profile of the aliyun CLI names: a default for whoever names none.</summary>
public static class ProfileRegion
{
    /// <summary>Finds it, without any request.</summary>
    /// <param name="profileName">The profile; null for that of <c>ALIBABA_CLOUD_PROFILE</c>, or else for the file's current one.</param>
    /// <returns>The region ID; null where there is no such file or profile, or where it names no region.</returns>
    /// <exception cref="CrApiException">The file or the region in it is broken.</exception>
    public static string? Find(string? profileName)
    {
        if (CliConfig.Read(out _) is not { } config) return null;
        var name = profileName ?? CredentialVariable.Read(CredentialVariable.Profile) ?? config.Current;
        if (config.Find(name)?.RegionId is not { Length: > 0 } region) return null;
        return ServiceEndpoint.IsRegionId(region)
            ? region
            : throw new ProfilePlace(config.Path, name).Broken($"has the region_id '{region}', which is no region ID such as 'cn-shanghai'");
    }
}
