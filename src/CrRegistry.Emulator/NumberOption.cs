using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace CrRegistry.Emulator;

/// <summary>Command-line options that accept a number. The default messages of System.CommandLine contain the name of a .NET type.</summary>
internal static class NumberOption
{
    /// <summary>Returns an option that accepts a number within a range.</summary>
    public static Option<T?> Create<T>(string name, T smallest, T largest, string description)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "n",
            CustomParser = argument =>
            {
                string text = argument.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T number) && number >= smallest && number <= largest)
                    return number;
                string kind = typeof(T) == typeof(int) ? "a whole number" : "a number";
                argument.AddError($"{name} requires {kind} from {smallest} to {largest}, not '{text}'.");
                return null;
            },
        };

    /// <summary>Returns the option <c>--tags</c>, which the emulator and the quickstart share.</summary>
    public static Option<int?> CreateTags() =>
        Create("--tags", 0, 10_000_000, "The number of tags of team/app, which is then the only repository. The tags are v0 (the newest), v1 and so on. By default there is a sample registry.");
}
