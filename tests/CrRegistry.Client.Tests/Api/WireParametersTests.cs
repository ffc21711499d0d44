using CrRegistry.Client.Api;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Api;

/// <summary>The forms in which Invoke-CrApi sends values.</summary>
public sealed class WireParametersTests
{
    private static readonly ApiObject s_tag = Object(("Key", "team"), ("Value", "core"), ("Absent", null));

    [Fact]
    public void Sends_text_numbers_and_switches() => Assert.Equal(
        "ExpireDays=1.5 InstanceId=cri-x RetentionTagCount=9000000000 EnableDeleteTag=true TagRegexp=v* Auto=false",
        Sent("CreateArtifactLifecycleRule", ("ExpireDays", 1.5), ("InstanceId", "cri-x"), ("RetentionTagCount", 9_000_000_000), ("EnableDeleteTag", true), ("TagRegexp", "v*"), ("Auto", "False"), ("RepoName", null)));

    [Fact]
    public void Sends_lists_as_numbered_parameters()
    {
        Assert.Equal("Platform.1=linux/amd64 Platform.2=linux/arm64", Sent("CreateArtifactSubscriptionRule", ("Platform", new object?[] { "linux/amd64", "linux/arm64" })));
        Assert.Equal("Platform.1=linux/amd64", Sent("CreateArtifactSubscriptionRule", ("Platform", "linux/amd64")));
        Assert.Equal("Tag.1.Key=team Tag.1.Value=core Tag.2.Key=team Tag.2.Value=core", Sent("TagResources", ("Tag", new object?[] { s_tag, s_tag })));
        Assert.Equal("Tag.1.Key=team Tag.1.Value=core", Sent("TagResources", ("Tag", s_tag)));
        Assert.Equal("", Sent("TagResources", ("Tag", Array.Empty<object?>())));
    }

    [Fact]
    public void Sends_json_parameters_as_one_text()
    {
        Assert.Equal(
            """DefaultRepoConfiguration={"RepoType":"PRIVATE","TagImmutability":true,"Numbers":[1,2.5,null],"Text":"é\"<"}""",
            Sent("UpdateNamespace", ("DefaultRepoConfiguration", Object(("RepoType", "PRIVATE"), ("TagImmutability", true), ("Numbers", new object?[] { 1, 2.5, null }), ("Text", "é\"<")))));
        Assert.Equal("""RepoNames=["a","b"]""", Sent("CreateScanRule", ("RepoNames", new object?[] { "a", "b" })));
        Assert.Equal("RepoNames=[ \"a\" ]", Sent("CreateScanRule", ("RepoNames", "[ \"a\" ]")));
    }

    [Fact]
    public void Sends_unknown_parameters_by_their_values() => Assert.Equal(
        """Number=1.5 Text=a List.1=a List.2=2 Object={"Key":1}""",
        Sent(Operation.Unknown("Any"), ("Number", 1.5), ("Text", "a"), ("List", new object?[] { "a", 2 }), ("Object", Object(("Key", 1)))));

    [Fact]
    public void Sends_secrets()
    {
        Assert.Equal("Password=secret", Sent("ResetLoginPassword", ("Password", new SecretText("secret"))));
        Assert.Equal("Password=secret", Sent("ResetLoginPassword", ("Password", "secret")));
    }

    [Theory]
    [InlineData("GetRepoTag", "Tag", 1.1, "The value of 'Tag' is a number, which may differ from the text that you typed. Quote it, for example '1.10'.")]
    [InlineData("ListRepoTag", "PageSize", "ten", "The value of 'PageSize' is text. Specify a whole number from -2147483648 to 2147483647.")]
    [InlineData("ListRepoTag", "PageSize", 1.5, "The value of 'PageSize' is a number. Specify a whole number from -2147483648 to 2147483647.")]
    [InlineData("ListRepoTag", "PageSize", 3e9, "The value of 'PageSize' is a number. Specify a whole number from -2147483648 to 2147483647.")]
    [InlineData("ListRepoTag", "PageSize", true, "The value of 'PageSize' is a Boolean. Specify a whole number from -2147483648 to 2147483647.")]
    [InlineData("UpdateNamespace", "AutoCreateRepo", "yes", "The value of 'AutoCreateRepo' is text. Specify $true or $false.")]
    [InlineData("UpdateNamespace", "AutoCreateRepo", 1, "The value of 'AutoCreateRepo' is a number. Specify $true or $false.")]
    [InlineData("TagResources", "ResourceId", 1, "The value of 'ResourceId.1' is a number, which may differ from the text that you typed. Quote it, for example '1.10'.")]
    [InlineData("ResetLoginPassword", "Password", 1, "The value of 'Password' is a number. Specify a SecureString or text.")]
    public void Rejects_values_of_another_type(string action, string parameter, object value, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Sent(action, (parameter, value))).Message);

    [Fact]
    public void Rejects_values_without_a_form()
    {
        Assert.Equal("The value of 'Tag' is an array. Specify text.", Failure("GetRepoTag", ("Tag", new object?[] { "a" })));
        Assert.Equal("The value of 'Tag' is an object. Specify text.", Failure("GetRepoTag", ("Tag", s_tag)));
        Assert.Equal("The value of 'Tag' is a SecureString. Specify text.", Failure("GetRepoTag", ("Tag", new SecretText("secret"))));
        Assert.Equal("The value of 'Namespaces' is a SecureString. Specify text, a hashtable, an array or an object.", Failure("CreateScanRule", ("Namespaces", new SecretText("secret"))));
        Assert.Equal("The value of 'ResourceId.2' is empty. Specify text.", Failure("TagResources", ("ResourceId", new object?[] { "a", null })));
        Assert.Equal("The value of 'Tag.1.Key' is an object. Specify text.", Failure("TagResources", ("Tag", Object(("Key", s_tag)))));
    }

    private static ApiObject Object(params (string Name, object? Value)[] fields) => new([.. fields.Select(field => new KeyValuePair<string, object?>(field.Name, field.Value))]);

    private static string Failure(string action, (string Name, object? Value) value) => Assert.Throws<ArgumentException>(() => Sent(action, value)).Message;

    private static string Sent(string action, params (string Name, object? Value)[] values) => Sent(Operation.Find(action)!, values);

    private static string Sent(Operation operation, params (string Name, object? Value)[] values) => string.Join(' ', WireParameters
        .Of(operation, values.Select(value => new KeyValuePair<string, object?>(value.Name, value.Value))).Select(sent => $"{sent.Key}={sent.Value}"));
}
