using System.Globalization;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator.Seeding;

/// <summary>
/// The registry that the emulator starts with: three namespaces, twelve repositories and two years of pushes. The names
/// and digests are the same at each start, except the dates in the names of nightly builds.
/// </summary>
internal static class SampleRegistry
{
    private const int Megabyte = 1_000_000;
    private const int AppTags = 500;
    private const int AppNightlies = 120;

    // Valid names that a script, a shell or a spreadsheet may misinterpret.
    private static readonly string[] s_featureTags =
    [
        "feature-login", "feature_ABC-123.retry--twice", "feature-ABC-123.Retry", "feature-abc-123.retry", "fix-4711", "PR-481", "pr-481", "_scratch",
        "dependabot-npm_and_yarn-lodash-4.17.21", "renovate-dotnet-10.x", "user.name-test", "1e3", "0x10", "007", "2024-02-29", "20240229", "true", "null",
        "a", "A", "very-long-branch-name-that-somebody-made-of-the-title-of-a-ticket-and-that-takes-all-of-the-128-characters-that-one-tag-may-have",
    ];

    public static void Fill(RegistryStore registry)
    {
        FillApp(Add("team", "app", 730));
        Add("team", "web", 640).Release("1.2.0", 630, 64).Release("1.2.1", 560, 64).Release("1.3.0", 410, 66).Release("1.4.0", 300, 71)
            .Release("1.4.1", 160, 71).Release("1.4.2", 45, 72, signed: true).Release("1.5.0-rc.1", 12, 74).Series("nightly-", 5, 3, 74);
        Add("team", "api", 520).Release("0.9.0", 515, 38).Release("1.0.0", 400, 41).Release("1.0.1", 390, 41).Release("1.1.0", 120, 44, signed: true).Release("1.1.1", 20, 44, signed: true);
        Add("team", "worker", 350).Release("1.0.0", 345, 52).Release("1.1.0", 200, 53).Release("1.1.1", 31, 53);
        Add("team", "legacy", 729).Push("final", 690, 410).Push("final-fixed", 688, 410).Push("do-not-use", 600, 395);
        Add("platform", "dotnet", 700).Release("8.0.0", 690, 92).Release("9.0.0", 380, 88).Release("9.0.1", 330, 88).Release("10.0.0", 15, 85, signed: true);
        Add("platform", "node", 610).Release("20.9.0", 600, 118).Release("22.3.0", 270, 121).Release("22.4.1", 64, 121);
        Add("platform", "nginx", 480).Release("1.25.3", 470, 21).Release("1.27.0", 150, 22);
        Add("platform", "postgres", 700).Release("15.5.0", 540, 156).Release("16.2.0", 95, 161);
        Add("data", "etl", 260).Series("batch-", 12, 20, 240).Release("3.0.0", 6, 236);
        Add("data", "notebook", 190).Push("latest", 2, 1_900).Push("gpu", 2, 6_400).Push("2025-course", 180, 1_750);
        Add("data", "archive", 95);

        SampleRepository Add(string namespaceName, string repoName, int age) =>
            new(registry.AddRepository(namespaceName, repoName, createdAt: registry.StartedAt.AddDays(-age)), registry.StartedAt);
    }

    // A release every three weeks, a build of main every day and a half, and tags of old branches.
    private static void FillApp(SampleRepository app)
    {
        for (int release = 0; release < 36; release++)
        {
            int minor = release / 2;
            string version = minor < 12 ? $"1.{minor}.{release % 2}" : $"2.{minor - 12}.{release % 2}";
            app.Release(version, 726 - (release * 20.6), 96 + release, signed: release >= 24);
        }

        app.Release("2.6.0-beta.1", 2.2, 134).Release("2.6.0-rc.1", 1.1, 134).Series("nightly-", AppNightlies, 1, 135);
        for (int i = 0; i < s_featureTags.Length; i++)
            app.Push(s_featureTags[i], 3.4 + (i * 13.7), 110 + (i % 5), i == 7 ? "DELETING" : "NORMAL");
        for (int build = 0; app.Count < AppTags; build++)
            app.Push("main-" + Fingerprint.Hex($"main {build}")[..7], 0.2 + (build * 1.6), 130 - (build / 8));
    }

    /// <summary>One repository and its pushes, with ages in days.</summary>
    private sealed class SampleRepository(RegistryRepository repository, DateTimeOffset now)
    {
        private static readonly string[] s_signatureSuffixes = [".sig", ".att", ".sbom"];

        public int Count => repository.TagCount;

        /// <summary>Pushes a new image.</summary>
        public SampleRepository Push(string tag, double age, int megabytes, string status = "NORMAL")
        {
            repository.Put(Image(tag, age, megabytes) with { Status = status });
            return this;
        }

        /// <summary>Pushes an image, moves the tags that follow releases to it, and signs it.</summary>
        public SampleRepository Release(string version, double age, int megabytes, bool signed = false)
        {
            RegistryTag image = Image(version, age, megabytes);
            repository.Put(image);
            string[] parts = version.Split('.');
            if (!version.Contains('-', StringComparison.Ordinal))
            {
                // Each of these pushes is a moment later than the previous one.
                string[] moving = ["latest", parts[0], $"{parts[0]}.{parts[1]}"];
                for (int i = 0; i < moving.Length; i++)
                    repository.Put(image with { Tag = moving[i], ImageUpdate = image.ImageUpdate + TimeSpan.FromSeconds(4 * (i + 1)) });
            }

            if (signed)
            {
                foreach (string suffix in s_signatureSuffixes)
                {
                    string tag = $"sha256-{image.Digest}{suffix}";
                    repository.Put(Image(tag, age, 0) with { ImageSize = suffix == ".sbom" ? 214_000 : 3_400, ImageUpdate = image.ImageUpdate + TimeSpan.FromMinutes(2) });
                }
            }

            return this;
        }

        /// <summary>Pushes builds with the date in their names.</summary>
        public SampleRepository Series(string prefix, int count, int daysApart, int megabytes)
        {
            for (int i = count - 1; i >= 0; i--)
                Push(prefix + now.AddDays(-i * daysApart - 0.4).ToString("yyyyMMdd", CultureInfo.InvariantCulture), (i * daysApart) + 0.4, megabytes + (i % 3));
            return this;
        }

        private RegistryTag Image(string tag, double age, int megabytes)
        {
            string name = $"{repository.NamespaceName}/{repository.RepoName}:{tag}";
            var pushed = DateTimeOffset.FromUnixTimeSeconds(now.AddDays(-age).ToUnixTimeSeconds());
            return new RegistryTag
            {
                Tag = tag,
                Digest = Fingerprint.Hex(name),
                ImageId = Fingerprint.Hex(name + " config"),
                ImageSize = ((long)megabytes * Megabyte) + (name.Length * 7_919),
                ImageCreate = pushed - TimeSpan.FromMinutes(6),
                ImageUpdate = pushed,
            };
        }
    }
}
