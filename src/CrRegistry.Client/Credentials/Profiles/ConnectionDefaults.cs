using CrRegistry.Client.Credentials.Json;
using CrRegistry.Client.Credentials.Sts;
using CrRegistry.Client.Transport;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>The defaults for the endpoint, from the environment and a profile of the aliyun CLI.</summary>
internal sealed record ConnectionDefaults
{
    /// <summary>The region ID, or null. A region ID from the environment may be invalid.</summary>
    public string? RegionId { get; private init; }

    /// <summary>True for the endpoint inside a VPC.</summary>
    public bool IsVpc { get; private init; }

    /// <summary>The reason why the current profile has no defaults, in a complete sentence, or null.</summary>
    public string? Problem { get; private init; }

    /// <summary>Finds the defaults without a request.</summary>
    /// <param name="profileName">
    /// The profile, which must exist; its region takes precedence over that of <c>ALIBABA_CLOUD_REGION_ID</c>.
    /// Null for the profile that the environment specifies, or else for the current profile of the file.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation. The opening of a named pipe may never end.</param>
    /// <exception cref="CrApiException">The named profile is in neither file, or a file or the region in it is invalid.</exception>
    public static ConnectionDefaults Find(string? profileName, CancellationToken cancellationToken)
    {
        var (profile, problem) = profileName is null ? FindCurrent(cancellationToken) : (FindNamed(profileName, cancellationToken), null);
        var ofVariable = Of(CredentialVariable.RegionId);
        return new ConnectionDefaults
        {
            RegionId = (profileName is null ? ofVariable ?? profile?.RegionId : profile?.RegionId ?? ofVariable) ?? RegionOfEnvironment(),
            IsVpc = StsEndpoint.IsVpc(profile?.EndpointType),
            Problem = problem,
        };
    }

    /// <summary>Finds the defaults without a profile.</summary>
    public static ConnectionDefaults OfEnvironment() => new() { RegionId = RegionOfEnvironment(), IsVpc = StsEndpoint.IsVpc(null) };

    /// <summary>The region ID in the environment. A value of REGION that is not a region ID is ignored, because the name is used for many purposes.</summary>
    private static string? RegionOfEnvironment() => Of(CredentialVariable.RegionId)
        ?? CredentialVariable.RegionIds.Select(name => Of(name)).FirstOrDefault(region => region is not null && ServiceEndpoint.IsRegionId(region));

    private static string? Of(string variable) => CredentialVariable.Read(variable)?.ToLowerInvariant();

    private static (CliProfileFields? Profile, string? Problem) FindCurrent(CancellationToken cancellationToken)
    {
        try
        {
            var config = CliConfig.Read(out var absence, cancellationToken);
            return config is null ? (null, absence) : (RegionChecked(config, config.Find(CredentialVariable.Read(CredentialVariable.Profiles) ?? config.Current)), null);
        }
        catch (CrApiException failure)
        {
            // This is only a default. The error is reported when the credential is needed.
            return (null, failure.Message);
        }
    }

    private static CliProfileFields? FindNamed(string name, CancellationToken cancellationToken)
    {
        var config = CliConfig.Read(out var absence, cancellationToken);
        if (config?.Find(name) is { } profile) return RegionChecked(config, profile);
        var file = IniCredentials.Read(out var iniAbsence, cancellationToken);
        // A section of the INI file has no region.
        return file?.Find(name) is not null
            ? null
            : throw ProfileCredentialSource.NotFound($"'{FileText.Name(name)}'", absence ?? config!.Lacks(name), iniAbsence ?? file!.Lacks(name));
    }

    private static CliProfileFields? RegionChecked(CliConfig config, CliProfileFields? profile)
    {
        if (profile?.RegionId is not { } text || string.IsNullOrWhiteSpace(text)) return profile is null ? null : profile with { RegionId = null };
        var region = text.Trim().ToLowerInvariant();
        return ServiceEndpoint.IsRegionId(region)
            ? profile with { RegionId = region }
            : throw new ProfilePlace(config.Path, profile.Name!).Broken($"has the region_id '{FileText.Word(text)}', which is not a region ID such as 'cn-shanghai'. Correct the region_id of this profile");
    }
}
