using System.Collections.Immutable;
using System.Text;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.ConfigVars;

/// <summary>What a patch makes of an app's config vars.</summary>
/// <param name="Vars">All of them, afterwards.</param>
/// <param name="Set">Names with a new value.</param>
/// <param name="Removed">Names that were there and have gone.</param>
public sealed record ConfigVarChange(
    ImmutableSortedDictionary<string, string> Vars,
    ImmutableArray<string> Set,
    ImmutableArray<string> Removed
)
{
    public bool IsNothing => Set.IsEmpty && Removed.IsEmpty;
}

/// <summary>The rules of config vars.</summary>
public static class ConfigVarPatch
{
    /// <summary>Names and values of an app together, in bytes of UTF-8.</summary>
    public const int MaxTotalBytes = 64 * 1024;

    /// <summary>Vars that every app has, in the one order that everything compares names in.</summary>
    public static readonly ImmutableSortedDictionary<string, string> NoVars = ImmutableSortedDictionary.Create<string, string>(
        StringComparer.Ordinal
    );

    /// <summary>Sets what has a value, removes what is null. All of it, or nothing when one name or value is refused.</summary>
    public static Result<ConfigVarChange> Apply(ImmutableSortedDictionary<string, string> vars, IReadOnlyDictionary<string, string?> patch)
    {
        var next = vars.ToBuilder();
        List<string> set = [],
            removed = [];
        foreach (var (name, value) in patch.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (Refuse(name, value) is { } error)
                return error;
            if (value is null && next.Remove(name))
                removed.Add(name);
            if (value is null || (next.TryGetValue(name, out var old) && old == value))
                continue;
            next[name] = value;
            set.Add(name);
        }
        var bytes = next.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value));
        if (bytes > MaxTotalBytes && set.Count > 0)
            return new Error(
                ErrorCodes.ConfigVarTooLarge,
                $"The config vars would take {bytes} bytes; an app may have {MaxTotalBytes}. Store large values elsewhere and set their address."
            );
        return new ConfigVarChange(next.ToImmutable(), [.. set], [.. removed]);
    }

    private static Error? Refuse(string name, string? value)
    {
        if (!ConfigVarName.TryParse(name, null, out _))
            return new Error(
                ErrorCodes.ConfigVarInvalidName,
                $"'{Printable(name)}' is not a config var's name: use letters, digits and underscores, not a digit first, at most 256 characters."
            );
        // An environment cannot carry NUL: the kernel ends the value there.
        return value?.Contains('\0') is true
            ? new Error(ErrorCodes.ConfigVarInvalidValue, $"The value of {name} contains a NUL character, which no environment can carry.")
            : null;
    }

    private static string Printable(string name)
    {
        var shown = new string([.. name.Take(64).Select(c => char.IsControl(c) ? '?' : c)]);
        return name.Length > 64 ? $"{shown}…" : shown;
    }
}
