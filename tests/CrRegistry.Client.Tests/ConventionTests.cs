using System.Reflection;
using System.Runtime.CompilerServices;

namespace CrRegistry.Client.Tests;

/// <summary>The conventions of the client's code. The compiler checks ConfigureAwait: CA2007 in .editorconfig.</summary>
public sealed class ConventionTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static IReadOnlyList<MethodInfo> AsyncMethods =>
    [
        .. typeof(CrConnection).Assembly.GetTypes().SelectMany(type => type.GetMethods(Declared))
            .Where(method => !method.IsSpecialName && !IsGenerated(method) && IsTask(method.ReturnType)),
    ];

    [Fact]
    public void Async_methods_have_token_as_last_parameter() =>
        Assert.All(AsyncMethods, method => Assert.True(
            method.GetParameters().LastOrDefault()?.ParameterType == typeof(CancellationToken), $"{method.DeclaringType}.{method.Name} takes no CancellationToken last."));

    [Fact]
    public void Names_of_async_methods_end_with_Async() => Assert.All(AsyncMethods, method => Assert.EndsWith("Async", method.Name, StringComparison.Ordinal));

    [Fact]
    public void Tokens_are_required() =>
        Assert.All(AsyncMethods, method => Assert.DoesNotContain(method.GetParameters(), parameter => parameter.HasDefaultValue && parameter.ParameterType == typeof(CancellationToken)));

    /// <summary>The folders that a folder of the client may use. CrConnection, which is outside of them, uses all.</summary>
    [Theory]
    [InlineData("Decoding", "")]
    [InlineData("Jobs", "")]
    [InlineData("Listing", "Jobs")]
    [InlineData("Transport", "Decoding Jobs")]
    [InlineData("Credentials", "Decoding Transport")]
    [InlineData("Api", "Decoding Jobs Listing Transport")]
    public void Folders_of_client_refer_only_downwards(string room, string allowed)
    {
        string[] others = ["Decoding", "Jobs", "Listing", "Transport", "Credentials", "Api"];
        // The compiler rejects unused usings, so that the usings of a file are its references.
        var files = Directory.GetFiles(Path.Combine(SourceFolder(), room), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToArray();

        Assert.NotEmpty(files);
        foreach (var other in others.Except([room, .. allowed.Split(' ')])) Assert.DoesNotContain(files, text => text.Contains($"CrRegistry.Client.{other}", StringComparison.Ordinal));
        Assert.DoesNotContain(files, text => text.Contains("using CrRegistry.Client;", StringComparison.Ordinal) || text.Contains(nameof(CrConnection) + ' ', StringComparison.Ordinal));
        Assert.Equal(others.Order(), Directory.GetDirectories(SourceFolder()).Select(Path.GetFileName).Except(["bin", "obj"]).Order());
    }

    private static string SourceFolder()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CrRegistry.sln"))) folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "src", "CrRegistry.Client");
    }

    private static bool IsTask(Type type) =>
        typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    // A lambda or a local function has the token of the method around it.
    private static bool IsGenerated(MethodInfo method) => method.IsDefined(typeof(CompilerGeneratedAttribute)) || method.Name.Contains('<', StringComparison.Ordinal)
        || method.DeclaringType!.IsDefined(typeof(CompilerGeneratedAttribute));
}
