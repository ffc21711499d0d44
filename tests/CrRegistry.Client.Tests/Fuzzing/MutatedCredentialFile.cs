using System.Text;
using System.Text.RegularExpressions;

namespace CrRegistry.Client.Tests.Fuzzing;

/// <summary>One credential file of a fuzzing run, in the format of the aliyun CLI or of the official SDKs. Its seed determines the mutation.</summary>
internal sealed partial class MutatedCredentialFile
{
    /// <summary>A secret with a realistic length.</summary>
    public const string Secret = "test-secret-planted-0123456789";
    public const string Token = "test-token-planted-0123456789-0123456789";

    private const string Key = $"\"access_key_id\": \"test-id\", \"access_key_secret\": \"{Secret}\"";
    private const string Session = $"\"sts_token\": \"{Token}\"";
    private const string Role = "\"ram_role_arn\": \"acs:ram::1:role/test\", \"ram_session_name\": \"s\", \"expired_seconds\": 900, \"sts_region\": \"cn-test\"";

    private static readonly string[] s_profiles =
    [
        $$"""{"name": "p#", "mode": "AK", {{Key}}, "region_id": "cn-test", "output_format": "json", "language": "en"}""",
        $$"""{"name": "p#", "mode": "StsToken", {{Key}}, {{Session}}}""",
        $$"""{"name": "p#", "mode": "RamRoleArn", {{Key}}, {{Role}}, "external_id": "e", "policy": "{\"Version\":\"1\"}"}""",
        """{"name": "p#", "mode": "EcsRamRole", "ram_role_name": "test-role"}""",
        """{"name": "p#", "mode": "External", "process_command": "no-such-program --quiet"}""",
        $$"""{"name": "p#", "mode": "ChainableRamRoleArn", "source_profile": "p0", {{Role}}, "enable_vpc": true}""",
        $$"""{"name": "p#", "mode": "OIDC", "oidc_provider_arn": "acs:ram::1:oidc-provider/test", "oidc_token_file": "no-such-file", {{Role}}}""",
        $$"""{"name": "p#", "mode": "CloudSSO", {{Key}}, {{Session}}, "sts_expiration": 2000000000}""",
        $$"""{"name": "p#", "mode": "CloudSSO", {{Key}}, {{Session}}, "sts_expiration": 4102444800}""",
        $$"""{"name": "p#", "mode": "OAuth", {{Key}}, {{Session}}, "sts_expiration": 253402300799}""",
        $$"""{"name": "p#", "mode": "OAuth", "oauth_site_type": "CN", "oauth_access_token": "{{Token}}", "oauth_access_token_expire": 253402300799, "oauth_refresh_token": "{{Token}}"}""",
        $$"""{"name": "p#", "mode": "OAuth", {{Key}}, {{Session}}, "sts_expiration": 1}""",
        """{"name": "p#", "mode": "CredentialsURI", "credentials_uri": "http://localhost/credentials"}""",
        $$"""{"name": "p#", "mode": "RamRoleArn", {{Key}}, {{Role}}, "sts_endpoint": " HTTPS://STS.cn-test.aliyuncs.com:443/ ", "endpoint_type": "vpc", "region_id": "CN-Test "}""",
        $$"""{"name": "p#", {{Key}}, {{Role}}}""",
        $$"""{"name": "p#", "mode": "", {{Key}}, {{Session}}}""",
        """{"name": "p#", "mode": "RamRoleArnWithRoleName", "ram_role_name": "test-role", "ram_role_arn": "acs:ram::1:role/test"}""",
        $$"""{"name": "p#", "mode": "CloudSSO", "cloud_sso_sign_in_url": "https://localhost/start", "cloud_sso_account_id": "1", "cloud_sso_access_config": "ac", "access_token": "{{Token}}", "cloud_sso_access_token_expire": 2000000000}""",
        $$"""{"name": "p#", "mode": "OAuth", "oauth_site_type": "CN", "oauth_access_token": "{{Token}}", "oauth_access_token_expire": 2000000000, "oauth_refresh_token": "{{Token}}"}""",
        $$"""{"name": "p#", "mode": "OAuth", "oauth_site_type": "intl", "oauth_refresh_token": "{{Token}}"}""",
        $$"""{"name": "p#", "mode": "BearerToken", "bearer_token": "{{Token}}"}""",
        """{"name": "p#", "mode": "AK", "access_key_id": "", "access_key_secret": ""}""",
        """{"name": "p#", "mode": "", "nested": {"a": [1, {"b": null}]}}""",
    ];

    private static readonly string[] s_sections =
    [
        $"[default]\ntype = access_key\naccess_key_id = test-id\naccess_key_secret = {Secret}\n",
        $"[p1]\r\nenable = true\r\ntype=access_key\r\naccess_key_id=test-id ; of a test\r\naccess_key_secret={Secret}\r\n",
        $"; of a test\n[default]\ntype = ram_role_arn\naccess_key_id = test-id\naccess_key_secret = {Secret}\nrole_arn = acs:ram::1:role/test\nrole_session_name = s\npolicy =\nsts_region = cn-test\n",
        "[default] # of a test\ntype = ecs_ram_role\nrole_name = test-role\n",
        $"[default]\ntype = rsa_key_pair\npublic_key_id = test-id\nprivate_key_file = {Secret}\n",
        "[empty]\n",
        $"[default]\ntype: access_key\naccess_key_id: \"test-id\"\naccess_key_secret: '{Secret}' # of a test\n",
        $"[p1]\ntype = \"ram_role_arn\"\naccess_key_id = test-id\naccess_key_secret = \"{Secret}\"\nrole_arn = acs:ram::1:role/test\npolicy = \"{{\\\"Version\\\": \\\"1\\\"}}\"\nenable = true\nsts_region = cn-test\n",
        $"odd line {Secret}\n[odd\naccess_key_secret = {Secret}\n",
        "[default]\ntype = oidc_role_arn\nrole_arn = acs:ram::1:role/test\noidc_provider_arn = a\noidc_token_file_path = /no/such/file\n",
        "[default]\ntype = access_key\naccess_key_id =\naccess_key_secret =\n",
    ];

    private static readonly string[] s_jsonTokens =
    [
        "{", "}", "[", "]", "\"", ",", ":", "null", "true", "1e999", "-1", "99999999999999999999", "\\", "\\u0000", "\\ud800", "\\n", "\u0000", "\u001b[31m", "\uFEFF", "\u00a0", "ä", "//", "/*",
        "\"name\": \"p0\", ", "\"mode\": \"AK\", ", "\"current\": \"p9\", ", "\"profiles\": [], ", "\"access_key_secret\": \"\", ", "\"ACCESS_KEY_ID\": 1, ", "\"source_profile\": \"p1\", ",
        "\"oidc_token_file\": \"a\\u0000b\", ", "\"sts_endpoint\": \"example.invalid\", ", "\"expired_seconds\": 1e9, ", "\"sts_expiration\": 99999999999, ", "\"sts_expiration\": 253402300800, ", "\"sts_expiration\": 9223372036854775807, ", "\"__proto__\": {}, ", $"{{{Key}}}",
        "\"mode\": \"\", ", "\"endpoint_type\": \"vpc\", ", "\"credentials_uri\": \"file:///a\", ", "\"cloud_sso_sign_in_url\": \"http://a\", ", "\"access_token\": \"a\\r\\nb\", ",
        "\"oauth_site_type\": \"x\", ", "\"sts_expiration\": 0, ", "\"cloud_sso_access_token_expire\": -1, ", "\"region_id\": \"a b\", ", $"\"access_token\": \"{Secret}\", ",
    ];

    private static readonly string[] s_iniTokens =
    [
        "[", "]", "=", "\n", "\r", "\r\n", "#", ";", " ", "\t", "\\\n", "\u0000", "\u001b[31m", "\uFEFF", "\u00a0", "\u2028", "ä", "\"", "'", "[default]\n", "[]\n", "\n= x\n", "\ntype = access_key\n",
        "\ntype = x\n", "\naccess_key_id =\n", "\naccess_key_secret = \n", "\nACCESS_KEY_SECRET = 1\n", "\nsts_region = a.b\n", $"\naccess_key_secret = {Secret}\n",
        ":", "\n: x\n", "\"\"", "\\\"", "[\n", "[x\n", "\nodd\n", $"\n{Secret}\n", $" = \"{Secret}\n", "\nenable = true\n",
    ];

    private readonly Random _random;

    public MutatedCredentialFile(int seed)
    {
        _random = new Random(seed);
        IsIni = _random.Next(3) == 0;
        ProfileName = _random.Pick([null, null, null, "p0", "p1", "p9"]);
        StsAnswers = _random.Next(2) == 0;
        Bytes = Encoding.UTF8.GetBytes(IsIni ? Ini() : Config());
        var tokens = IsIni ? s_iniTokens : s_jsonTokens;
        for (var left = _random.Next(6) - 2; left > 0; left--) Bytes = Mutation.Of(_random, Bytes, tokens);
        Bytes = Whole(Bytes);
    }

    public bool IsIni { get; }

    /// <summary>The profile that the caller specifies; null for the current profile of the file.</summary>
    public string? ProfileName { get; }

    /// <summary>True if STS returns a credential. Otherwise it does not reply.</summary>
    public bool StsAnswers { get; }

    public byte[] Bytes { get; }

    /// <summary>True if the name of a profile or a section is a secret. Errors contain names.</summary>
    public bool IsNamedBySecret => NameOfSecret().IsMatch(Encoding.UTF8.GetString(Bytes));

    [GeneratedRegex($"^[^\\n=]*\\[[^\\n=]*({Secret}|{Token})|\"(name|current|source_profile)\"\\s*:\\s*\"[^\"=]*({Secret}|{Token})", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex NameOfSecret();

    private string Config()
    {
        var profiles = Enumerable.Range(0, _random.Next(1, 5)).Select(number => _random.Pick(s_profiles).Replace("#", $"{number}", StringComparison.Ordinal));
        return $$"""{"current": "p{{_random.Next(2)}}", "profiles": [{{string.Join(",\n", profiles)}}], "meta_path": ""}""";
    }

    private string Ini() => string.Concat(Enumerable.Range(0, _random.Next(1, 4)).Select(_ => _random.Pick(s_sections)));

    /// <summary>Changes the whole file: another encoding, byte order marks, a very long line, deep nesting, or random bytes.</summary>
    private byte[] Whole(byte[] bytes) => _random.Next(80) switch
    {
        0 => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes))],
        1 => Encoding.BigEndianUnicode.GetBytes(Encoding.UTF8.GetString(bytes)),
        2 or 3 => [.. Encoding.UTF8.GetPreamble(), .. bytes],
        4 => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetPreamble(), .. bytes],
        5 => [.. bytes, 0, 0, 0],
        6 => [.. bytes, .. Enumerable.Repeat((byte)'x', _random.Next(100_000))],
        7 => [.. Enumerable.Repeat((byte)_random.Pick(['[', ' ', '\n', '{', '"']), _random.Next(100_000)), .. bytes],
        8 => [.. bytes, .. new byte[1024 * 1024]],
        9 => Noise(),
        10 => Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(bytes) + "ä"),
        _ => bytes,
    };

    private byte[] Noise()
    {
        var bytes = new byte[_random.Next(2000)];
        _random.NextBytes(bytes);
        return bytes;
    }
}
