using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>The views of namespaces, instances and evaluated tags. Tests/Pester/Views.Tests.ps1 tests those of tags and repositories.</summary>
public sealed class ViewTests
{
    private const string Copy = "[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($item))";
    private const string Hostile = "\"a`e[35m`u{202E}`n\"";
    private const string Escaped = @"a\u001b[35m\u202e\n";

    public static TheoryData<string, string> Rows => new()
    {
        {
            "@{ NamespaceName = 'team-of-payments'; NamespaceId = 'crn-tiw8t3f8i5lta4uv'; NamespaceStatus = 'DELETING'; DefaultRepoType = 'PRIVATE'; AutoCreateRepo = $true; InstanceId = 'cri-kmsiwlxxdcvaduwb' } -as [CrRegistry.Namespace]",
            "DELETING PRIVATE  True       crn-tiw8t3f8i5lta4uv team-of-payments"
        },
        {
            "@{ InstanceName = 'production'; InstanceId = 'cri-kmsiwlxxdcvaduwb'; InstanceStatus = 'RUNNING'; InstanceSpecification = 'Enterprise_Advanced'; RegionId = 'ap-southeast-1' } -as [CrRegistry.Instance]",
            "RUNNING    Advanced ap-southeast-1 cri-kmsiwlxxdcvaduwb production"
        },
        {
            "@{ InstanceName = 'production'; InstanceId = 'cri-kmsiwlxxdcvaduwb'; InstanceStatus = 'INIT_ERROR'; InstanceSpecification = 'Enterprise_Standard'; RegionId = 'cn-zhangjiakou' } -as [CrRegistry.Instance]",
            "INIT_ERROR Standard cn-zhangjiakou cri-kmsiwlxxdcvaduwb production"
        },
        {
            "@{ Tag = 'a-tag-of-34-characters-that-must-b'; Verdict = 'Kept'; Reason = 'belongs to stale image 0123456789ab'; RepoId = 'crr-x' } -as [CrRegistry.EvaluatedTag]",
            "Kept    belongs to stale image 0123456789ab  a-tag-of-34-characters-that-must-b"
        },
        {
            "@{ Tag = 'v1'; Verdict = 'Stale'; Reason = 'not older than 2026-03-03 12:00:00Z'; RepoId = 'crr-x' } -as [CrRegistry.EvaluatedTag]",
            "Stale   not older than 2026-03-03 12:00:00Z  v1"
        },
        {
            "@{ Tag = 'a-tag-of-53-characters-that-must-fit-the-narrow-table'; Result = 'AlreadyGone'; Digest = '0123456789abcdef'; RepoId = 'crr-x' } -as [CrRegistry.RemovedTag]",
            "AlreadyGone 0123456789ab a-tag-of-53-characters-that-must-fit-the-narrow-table"
        },
        {
            "@{ Tag = 'a-tag-of-32-characters-to-fit-it'; Status = 'NotScanned'; RepoId = 'crr-x' } -as [CrRegistry.TagScan]",
            "NotScanned                                     a-tag-of-32-characters-to-fit-it"
        },
        {
            "@{ Tag = 'v1'; Status = 'COMPLETE'; HighSeverity = 22; MediumSeverity = 81; LowSeverity = 12345; UnknownSeverity = 4; TotalSeverity = 123456; RepoId = 'crr-x' } -as [CrRegistry.TagScan]",
            "COMPLETE       22     81  12345       4 123456 v1"
        },
        {
            "@{ CveName = 'CVE-2009-5155'; Severity = 'Medium'; Feature = 'eglibc'; Version = '2.19-6.9'; VersionFixed = '2.19-18+deb8u5'; Tag = 'v1'; RepoId = 'crr-x' } -as [CrRegistry.TagVulnerability]",
            "Medium   CVE-2009-5155       2.19-6.9         2.19-18+deb8u5   eglibc"
        },
        {
            "@{ CveName = 'GHSA-jfh8-c2jp-5v3q'; Severity = 'Unknown'; Feature = 'a-package-of-16-'; Version = '1:1.1.1n-0+deb11'; RepoId = 'crr-x' } -as [CrRegistry.TagVulnerability]",
            "Unknown  GHSA-jfh8-c2jp-5v3q 1:1.1.1n-0+deb11                  a-package-of-16-"
        },
        {
            "@{ Tags = 1234567; Images = 1234567; Size = 1048524; Newest = [datetime]::Now.AddDays(-1234.5); AgeUnder1Day = 0; Age1To7Days = 1; Age7To30Days = 20; Age30To90Days = 70; Age90To180Days = 35; Age180To365Days = 0; AgeOver365Days = 60; RepoNamespaceName = 'team'; RepoName = 'a-name-of-27-characters-fits' } -as [CrRegistry.MeasuredRepository]",
            "1234567 1234567 1023.9 KB  1234 days ▁▂▃█▅▁▇ team/a-name-of-27-characters-fits"
        },
        {
            "@{ Tags = 0; Images = 0; Size = 0; AgeUnder1Day = 0; Age1To7Days = 0; Age7To30Days = 0; Age30To90Days = 0; Age90To180Days = 0; Age180To365Days = 0; AgeOver365Days = 0; RepoId = 'crr-tquyps22md8purzx' } -as [CrRegistry.MeasuredRepository]",
            "      0       0       0 B            ▁▁▁▁▁▁▁ crr-tquyps22md8purzx"
        },
        {
            "@{ Problem = 'It was rejected.'; RepoNamespaceName = 'team'; RepoName = 'app' } -as [CrRegistry.MeasuredRepository]",
            "                                             team/app: It was rejected."
        },
    };

    /// <summary>The fields that have text of the service, by type.</summary>
    public static TheoryData<string, string> Texts => new()
    {
        { "Namespace", "NamespaceName NamespaceId NamespaceStatus DefaultRepoType InstanceId RegionId ResourceGroupId" },
        { "Instance", "InstanceName InstanceId InstanceStatus InstanceSpecification InstanceIssue RegionId ResourceGroupId" },
        { "RemovedTag", "Tag Result Reason Digest RequestId InstanceId RegionId RepoId" },
        { "TagScan", "Tag Status ScanService InstanceId RegionId RepoId" },
        { "TagVulnerability", "Feature CveName CveLink CveLocation Severity ScanType Version VersionFixed VersionFormat AddedBy Description FixCmd AliasName Tag InstanceId RegionId RepoId" },
        { "MeasuredRepository", "RepoName RepoNamespaceName Problem InstanceId RegionId RepoId" },
        { "EvaluatedTag", "Tag Verdict Reason Digest ImageId Status InstanceId RegionId RepoId" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Shows_row_on_one_line(string item, string expected)
    {
        foreach (var width in new[] { 80, 160 })
        {
            using var session = new Session(width);
            var lines = session.Show($"$PSStyle.OutputRendering = 'PlainText'; $item = {item}; $item; {Copy}").Split('\n').Select(line => line.TrimEnd());
            Assert.Equal(2, lines.Count(line => line == expected));
        }
    }

    [Fact]
    public void Shows_instance_of_namespaces()
    {
        using var session = new Session(80);

        var lines = session.Show($"$PSStyle.OutputRendering = 'PlainText'; 'cri-kmsiwlxxdcvaduwb', 'cri-xkx6vujuhay0tdze' | ForEach-Object {{ $item = [CrRegistry.Namespace]@{{ NamespaceName = 'team'; InstanceId = $_ }}; $item; {Copy} }}").Split('\n').Select(line => line.Trim()).ToArray();

        Assert.Equal(["InstanceId: cri-kmsiwlxxdcvaduwb", "InstanceId: cri-xkx6vujuhay0tdze"], lines.Where(line => line.StartsWith("InstanceId:", StringComparison.Ordinal)));
        Assert.Equal(4, lines.Count(line => line == "team"));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Shows_long_name_in_full_at_160_columns(string type, string fields)
    {
        var name = new string('n', 90);
        using var session = new Session(160);

        Assert.Contains(name, session.Show($"$PSStyle.OutputRendering = 'PlainText'; [CrRegistry.{type}]@{{ {fields.Split(' ')[0]} = '{name}' }}"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Shows_escapes(string type, string fields)
    {
        using var session = new Session(160);
        var values = string.Join("; ", fields.Split(' ').Select(field => $"{field} = {Hostile}"));

        foreach (var item in new[] { "$item", Copy, "([CrRegistry.ImageTag]@{}), $item" })
        {
            var shown = session.Show($"$PSStyle.OutputRendering = 'PlainText'; $item = [CrRegistry.{type}]@{{ {values} }}; {item}");
            Assert.Contains(Escaped, shown, StringComparison.Ordinal);
            Assert.DoesNotContain("\u001b[35m", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("\u202e", shown, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Keeps_members_of_views_out_of_serialization(string type, string fields)
    {
        using var session = new Session();

        Assert.Equal(
            session.Run($"[CrRegistry.{type}].GetProperties().Name").AssertNoError().Texts.Order(),
            session.Run($"$item = [CrRegistry.{type}]@{{ {fields.Split(' ')[0]} = 'x' }}; ({Copy}).psobject.Properties.Where({{ $_.Name -notlike 'Display*' }}).Name").AssertNoError().Texts.Order());
    }
}
