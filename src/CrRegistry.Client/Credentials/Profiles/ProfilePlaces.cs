namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>The profiles in both files.</summary>
internal static class ProfilePlaces
{
    /// <summary>Finds the profiles, in the order in which a name is looked up.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static IReadOnlyList<ProfilePlace> Find(CancellationToken cancellationToken)
    {
        var places = new List<ProfilePlace>();
        Add(() => CliConfig.Read(out _, cancellationToken) is { } file ? file.ProfileNames.Select(name => new ProfilePlace(file.Path, name)) : []);
        Add(() => IniCredentials.Read(out _, cancellationToken) is { } file ? file.SectionNames.Select(name => new ProfilePlace(file.Path, name)) : []);
        return places;

        void Add(Func<IEnumerable<ProfilePlace>> read)
        {
            try
            {
                places.AddRange([.. read().Where(place => !places.Exists(known => known.Name == place.Name))]);
            }
            catch (CrApiException)
            {
                // A file that is invalid does not hide the other one.
            }
        }
    }
}
