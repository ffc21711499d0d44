using System.Globalization;
using System.Management.Automation;

namespace CrRegistry;

/// <summary>
/// Accepts a number of tags to keep. PowerShell converts null and empty text to 0, which keeps none. A variable that was never assigned would then make
/// every tag stale.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TagCountArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is null || (value is string text && string.IsNullOrWhiteSpace(text)))
            throw new ArgumentTransformationMetadataException("The number of tags to keep is empty. Specify a number, for example 10.");
        if (value is not (bool or System.Collections.ICollection) && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out decimal number) && number == decimal.Truncate(number)) return number;
        throw new ArgumentTransformationMetadataException($"'{SafeText.Of(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty)}' is not a number of tags. Specify a whole number, for example 10.");
    }
}
