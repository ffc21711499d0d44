using System.Diagnostics.CodeAnalysis;

namespace CrRegistry;

/// <summary>
/// One namespace, as the operations ListNamespace and GetNamespace return it (API cr 2018-12-01).
/// A field that the service omits or sends empty is <see langword="null"/>.
/// </summary>
[SuppressMessage("Naming", "CA1716", Justification = "The service uses this word. PowerShell users do not write it as the name of a type.")]
public sealed class Namespace
{
    /// <summary>The ID of the namespace, for example <c>crn-tiw8t3f8i5lta4uv</c>.</summary>
    public string? NamespaceId { get; set; }

    /// <summary>The name of the namespace.</summary>
    public string NamespaceName { get; set; } = string.Empty;

    /// <summary>The status of the namespace: <c>NORMAL</c> or <c>DELETING</c>.</summary>
    public string? NamespaceStatus { get; set; }

    /// <summary>True if the push of an image creates its repository.</summary>
    public bool? AutoCreateRepo { get; set; }

    /// <summary>The type of repositories that a push creates: <c>PUBLIC</c> or <c>PRIVATE</c>.</summary>
    public string? DefaultRepoType { get; set; }

    /// <summary>True if tags of repositories that a push creates cannot be overwritten. The field is TagImmutability of DefaultRepoConfiguration.</summary>
    public bool? DefaultTagImmutability { get; set; }

    /// <summary>The ID of the instance that has the namespace.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The ID of the region that was requested; null if only an endpoint was specified.</summary>
    public string? RegionId { get; set; }

    /// <summary>The ID of the resource group.</summary>
    public string? ResourceGroupId { get; set; }

    /// <summary>Returns the name of the namespace.</summary>
    /// <returns><see cref="NamespaceName"/>.</returns>
    public override string ToString() => NamespaceName;
}
