using System.Reflection;
using System.Runtime.CompilerServices;

namespace CrRegistry.Client.Tests;

/// <summary>What holds for all of the client's code. That each await has its ConfigureAwait is the compiler's to see: CA2007 in .editorconfig.</summary>
public sealed class ConventionTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static IReadOnlyList<MethodInfo> AsyncMethods =>
    [
        .. typeof(CrConnection).Assembly.GetTypes().SelectMany(type => type.GetMethods(Declared))
            .Where(method => !method.IsSpecialName && !IsGenerated(method) && IsTask(method.ReturnType)),
    ];

    [Fact]
    public void Every_async_method_takes_a_token_last() =>
        Assert.All(AsyncMethods, method => Assert.True(
            method.GetParameters().LastOrDefault()?.ParameterType == typeof(CancellationToken), $"{method.DeclaringType}.{method.Name} takes no CancellationToken last."));

    [Fact]
    public void Every_async_method_is_named_so() => Assert.All(AsyncMethods, method => Assert.EndsWith("Async", method.Name, StringComparison.Ordinal));

    [Fact]
    public void No_token_may_be_left_out() =>
        Assert.All(AsyncMethods, method => Assert.DoesNotContain(method.GetParameters(), parameter => parameter.HasDefaultValue && parameter.ParameterType == typeof(CancellationToken)));

    private static bool IsTask(Type type) =>
        typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    // A lambda or a local function has the token of the method around it.
    private static bool IsGenerated(MethodInfo method) => method.IsDefined(typeof(CompilerGeneratedAttribute)) || method.Name.Contains('<', StringComparison.Ordinal)
        || method.DeclaringType!.IsDefined(typeof(CompilerGeneratedAttribute));
}
