using System.Management.Automation;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

public sealed class ConventionTests : IDisposable
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly Session _session = new();

    private IReadOnlyList<Type> Cmdlets => [.. _session.Run("Get-Command -Module CrRegistry | ForEach-Object ImplementingType").AssertNoError().Output.Select(type => (Type)type.BaseObject)];

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("CrRegistry.Models.dll", "netstandard")]
    [InlineData("dependencies/CrRegistry.Client.dll", "netstandard, CrRegistry.Models, System.*, Microsoft.Extensions.*, Microsoft.Bcl.*, Polly.Core")]
    [InlineData("CrRegistry.dll", "netstandard, CrRegistry.Models, CrRegistry.Client, System.Management.Automation, System.Runtime.Loader, System.Runtime, System.Reflection, System.IO")]
    public void References_point_only_downwards(string file, string allowed)
    {
        using var reader = new PEReader(File.OpenRead(Path.Combine(Paths.Staging, file)));
        var metadata = reader.GetMetadataReader();
        var patterns = allowed.Split(", ").Select(pattern => new WildcardPattern(pattern)).ToArray();

        var references = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToArray();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(patterns.Any(pattern => pattern.IsMatch(reference)), $"{file} must not reference {reference}."));
        if (file.Contains("Client", StringComparison.Ordinal)) Assert.DoesNotContain("System.Management.Automation", references);
    }

    [Theory]
    [InlineData("CrRegistry.Models.dll")]
    [InlineData("dependencies/CrRegistry.Client.dll")]
    [InlineData("CrRegistry.dll")]
    public void Uses_no_regular_expression(string file)
    {
        using var reader = new PEReader(File.OpenRead(Path.Combine(Paths.Staging, file)));
        var metadata = reader.GetMetadataReader();

        Assert.DoesNotContain(metadata.TypeReferences, handle => metadata.GetString(metadata.GetTypeReference(handle).Namespace) == "System.Text.RegularExpressions");
    }

    [Fact]
    public void Cmdlets_do_not_expose_dependencies()
    {
        var dependencies = Directory.GetFiles(Path.Combine(Paths.Staging, "dependencies")).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        foreach (var type in Cmdlets.SelectMany(WithBases).Distinct())
        {
            var named = type.GetFields(Everything).Select(field => field.FieldType)
                .Concat(type.GetProperties(Everything).Select(property => property.PropertyType))
                .Concat(type.GetMethods(Everything).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)))
                .SelectMany(named => named.GetGenericArguments().Append(named))
                .Append(type.BaseType!);
            Assert.All(named, name => Assert.DoesNotContain(name.Assembly.GetName().Name, dependencies));
        }
    }

    [Fact]
    public void Cmdlets_declare_their_output() =>
        Assert.All(Cmdlets, cmdlet => Assert.NotEmpty(cmdlet.GetCustomAttributes<OutputTypeAttribute>()));

    [Fact]
    public void No_parameter_accepts_secret_as_text()
    {
        var texts = Cmdlets.SelectMany(cmdlet => cmdlet.GetProperties())
            .Where(property => property.IsDefined(typeof(ParameterAttribute)) && property.PropertyType == typeof(string))
            .Select(property => property.Name);

        Assert.DoesNotContain(texts, name => new[] { "Secret", "Token", "Password", "Key" }.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void Text_parameters_reject_numbers()
    {
        var parameters = Cmdlets.SelectMany(cmdlet => cmdlet.GetProperties())
            .Where(property => property.IsDefined(typeof(ParameterAttribute)) && (property.PropertyType == typeof(string) || property.PropertyType == typeof(string[])))
            .ToArray();

        Assert.NotEmpty(parameters);
        Assert.All(parameters, parameter => Assert.True(
            parameter.GetCustomAttributes<ArgumentTransformationAttribute>().Any(attribute => attribute.GetType().Name == "NameArgumentAttribute"),
            $"{parameter.DeclaringType!.Name}.{parameter.Name} does not have the attribute NameArgument."));
    }

    [Fact]
    public void Surface_matches_approved_file()
    {
        var surface = string.Join('\n', Cmdlets.OrderBy(type => type.Name, StringComparer.Ordinal).SelectMany(Surface)) + "\n";

        var approved = Path.Combine(Paths.Repository, "tests", "CrRegistry.Module.Tests", "CmdletSurface.approved.txt");

        Assert.Equal(File.ReadAllText(approved).ReplaceLineEndings("\n"), surface);
    }

    private IEnumerable<string> Surface(Type type)
    {
        var attribute = type.GetCustomAttribute<CmdletAttribute>()!;
        var name = $"{attribute.VerbName}-{attribute.NounName}";
        yield return $"{name} : {string.Join(", ", type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(output => output.Type).Select(output => output.Name))}";
        foreach (var set in _session.Run($"(Get-Command {name}).ParameterSets | ForEach-Object ToString").Texts) yield return "  " + set;
    }

    private static IEnumerable<Type> WithBases(Type type)
    {
        for (var current = type; current.Assembly == type.Assembly; current = current.BaseType!) yield return current;
    }
}
