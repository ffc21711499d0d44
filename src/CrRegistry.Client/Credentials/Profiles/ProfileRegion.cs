using CrRegistry.Client.Transport;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>The region that a profile of the aliyun CLI names: a default for whoever names none.</summary>
public static class ProfileRegion
{
    /// <summary>Finds it, without any request.</summary>
    /// <param name="profileName">The profile, which must be there; null for that of <c>ALIBABA_CLOUD_PROFILE</c>, or else for the file's current one.</param>
    /// <param name="cancellationToken">Gives up: a file may be a named pipe.</param>
    /// <returns>The region ID; null where the profile names none, or is a section of the INI file, which has no regions.</returns>
    /// <exception cref="CrApiException">The profile that was named is in neither file, or a file or the region in it is broken.</exception>
    public static string? Find(string? profileName, CancellationToken cancellationToken)
    {
        var config = CliConfig.Read(out var absence, cancellationToken);
        var name = profileName ?? CredentialVariable.Read(CredentialVariable.Profile) ?? config?.Current;
        if (config is not null && config.Find(name!) is { } profile)
        {
            if (profile.RegionId is null or "") return null;
            return ServiceEndpoint.IsRegionId(profile.RegionId)
                ? profile.RegionId
                : throw new ProfilePlace(config.Path, name!).Broken($"has the region_id '{FileText.Word(profile.RegionId)}', which is no region ID such as 'cn-shanghai'");
        }

        if (profileName is null) return null;
        var file = IniCredentials.Read(out var iniAbsence, cancellationToken);
        return file?.Find(profileName) is not null
            ? null
            : throw ProfileCredentialSource.NotFound($"'{profileName}'", absence ?? config!.Lacks(profileName), iniAbsence ?? file!.Lacks(profileName));
    }
}
