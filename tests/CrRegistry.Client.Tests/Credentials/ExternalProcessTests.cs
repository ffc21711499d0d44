using System.Text.Json;
using CrRegistry.Client.Credentials.Profiles;
using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Client.Tests.Credentials;

/// <summary>A program that writes a credential. Here it is a shell with a script of the test.</summary>
public sealed class ExternalProcessTests : ChainTest
{
    private const string Output = """{"mode": "AK", "access_key_id": "test-id", "access_key_secret": "test-secret"}""";

    private string Ran => Path.Combine(Environment.Home, "ran");

    [Fact]
    public void Lists_with_output_of_program()
    {
        Write($"cat <<'E'\n{Output}\nE");

        AssertLists();
    }

    [Fact]
    public void Ignores_long_error_output()
    {
        Write($"head -c 300000 /dev/zero >&2; cat <<'E'\n{Output}\nE");

        AssertLists();
    }

    [Fact]
    public void Passes_split_arguments()
    {
        Write($$"""[ "$1|$2|$3|$4|$#" = 'a b|c"d\|e\\f||4' ] && cat <<'E'{{"\n"}}{{Output}}{{"\n"}}E""", """'a b' c\"d\\ "e\\\\f" '' """);

        AssertLists();
    }

    [Fact]
    public void Runs_once_for_each_connection()
    {
        Write($"echo x >> '{Ran}'; cat <<'E'\n{Output}\nE");
        var connection = Connect();

        Assert.Null(List(connection).Failure);
        Assert.Null(List(connection).Failure);

        Assert.Single(File.ReadAllLines(Ran));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("TRUE")]
    public void Reports_forbidden_program(string value)
    {
        Write($"echo x >> '{Ran}'");
        Environment.Set("ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS", value);

        Assert.EndsWith("runs a process_command, which ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS forbids.", Rejection(), StringComparison.Ordinal);
        Assert.False(File.Exists(Ran));
    }

    [Theory]
    [InlineData("echo test-secret >&2; exit 3", "has the process_command '/bin/sh', which exited with code 3. Run it separately to find the cause.")]
    [InlineData("echo test-secret", "has a process_command that did not write a valid credential. Specify a program that writes JSON with the mode 'AK' or 'StsToken'.")]
    [InlineData("echo '{\"mode\": \"RamRoleArn\", \"access_key_secret\": \"test-secret\"}'", "has a process_command that did not write a valid credential. Specify a program that writes JSON with the mode 'AK' or 'StsToken'.")]
    [InlineData("echo '{\"mode\": \"StsToken\", \"access_key_id\": \"a\", \"access_key_secret\": \"test-secret\"}'", "has a process_command that wrote a credential without its access_key_id, access_key_secret or sts_token.")]
    [InlineData("echo '{\"access_key_id\": \"a\", \"sts_token\": \"test-token\"}'", "has a process_command that wrote a credential without its access_key_id, access_key_secret or sts_token.")]
    [InlineData("echo '{\"mode\": \"AK\", \"access_key_id\": \"a b\", \"access_key_secret\": \"test-secret\"}'", "has a process_command that wrote an invalid character, such as a space or accented letter.")]
    [InlineData("head -c 200000 /dev/zero", "has a process_command that did not write a valid credential. Specify a program that writes JSON with the mode 'AK' or 'StsToken'.")]
    public void Reports_program_without_credential(string script, string problem)
    {
        Write(script);

        Assert.Equal($"The profile 'p' in '{Environment.ConfigFile}' {problem}", Rejection());
    }

    [Theory]
    [InlineData("/gone/program --password test-secret", "has the process_command '/gone/program', which cannot be started: ")]
    [InlineData("/ --password test-secret", "has the process_command '/', which cannot be started because it is a folder.")]
    [InlineData("program 'test-secret", "has a process_command with an unclosed quote or a backslash at the end.")]
    [InlineData("\"\" test-secret", "has a process_command without a program.")]
    public void Reports_program_that_cannot_be_started(string command, string problem)
    {
        WriteConfig(Profile("External", $"\"process_command\": {JsonSerializer.Serialize(command)}"));

        Assert.Contains(problem, Rejection(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"mode\": \"\", ")]
    [InlineData("\"mode\": null, ")]
    [InlineData("\"mode\": \"ak\", ")]
    [InlineData("\"mode\": \"AK\", \"sts_token\": \"other\", ")]
    [InlineData("\"mode\": \"AK\", \"expiration\": \"soon\", ")]
    [InlineData("\"mode\": \"AK\", \"expiration\": \"\", ")]
    [InlineData("\"mode\": \"AK\", \"expiration\": 3600, ")]
    [InlineData("\"mode\": \"AK\", \"expiration\": 1767225600, ")]
    [InlineData("\"mode\": \"AK\", \"expiration\": 4102444800000, ")]
    [InlineData("\"mode\": \"AK\", \"expiration\": 4102444800.5, ")]
    [InlineData("\"mode\": \"AK\", \"expiration\": 99999999999999999999, ")]
    [InlineData("\"mode\": \"AK\", \"expiration\": \"2020-01-01T00:00:00Z\", ")]
    [InlineData("\"mode\": \"AK\", \"expiration\": \"10:00\", ")]
    [InlineData("\"mode\": \"AK\", \"nested\": {\"a\": [1]}, ")]
    public void Accepts_output_like_sdks_and_cli(string fields)
    {
        Write($$"""cat <<'E'{{"\n"}}{ {{fields}} "access_key_id": "test-id", "access_key_secret": "test-secret"}{{"\n"}}E""");

        AssertLists();
    }

    [Theory]
    [InlineData("\"expiration\": \"{0:yyyy-MM-ddTHH:mm:ssZ}\"")]
    [InlineData("\"expiration\": {1}")]
    [InlineData("\"expiration\": \"{1}\"")]
    [InlineData("\"expiration\": {1}000")]
    public void Runs_again_before_credential_expires(string field)
    {
        var end = DateTimeOffset.FromUnixTimeSeconds(Now.AddMinutes(10).ToUnixTimeSeconds());
        field = string.Format(System.Globalization.CultureInfo.InvariantCulture, field, end.UtcDateTime, end.ToUnixTimeSeconds());
        Write($"echo x >> '{Ran}'; cat <<'E'\n{Output.Replace("}", $", {field}}}", StringComparison.Ordinal)}\nE");
        var connection = Connect();

        Assert.Null(List(connection).Failure);
        Now = Now.AddMinutes(6);
        Assert.Null(List(connection).Failure);
        Assert.Single(File.ReadAllLines(Ran));
        Now = Now.AddMinutes(2);
        Assert.Null(List(connection).Failure);
        Assert.Equal(2, File.ReadAllLines(Ran).Length);
    }

    [Fact]
    public async Task Reports_program_that_does_not_end()
    {
        var file = Path.Combine(Environment.Home, "script");
        TestEnvironment.Write(file, "exec sleep 600");
        var process = new ExternalProcess(TimeSpan.FromMilliseconds(50));

        var failure = await Assert.ThrowsAsync<CrApiException>(
            () => process.GetCredentialAsync(new ProfilePlace(file, "p"), $"/bin/sh {file}", CancellationToken.None));

        Assert.Contains("which did not exit within", failure.Message, StringComparison.Ordinal);
    }

    private void Write(string script, string arguments = "")
    {
        var file = TestEnvironment.Write(Path.Combine(Environment.Home, "script"), script + "\n");
        WriteConfig(Profile("External", $"\"process_command\": {JsonSerializer.Serialize($"/bin/sh {file} {arguments}")}"));
    }
}
