namespace NeetoDeploy.Builder.Lifecycle.Platform;

/// <summary>Flags as the platform specification writes them: <c>-app DIR</c>, <c>-app=DIR</c>, or with two hyphens.</summary>
internal sealed class Arguments
{
    private const string Yes = "true";
    private static readonly string[] Switches = ["skip-restore", "skip-layers"];

    private readonly Dictionary<string, string> flags = new(StringComparer.Ordinal);
    private readonly List<string> words = [];

    /// <summary>What is no flag.</summary>
    public IReadOnlyList<string> Words => words;

    public static Arguments Parse(IReadOnlyList<string> arguments)
    {
        var result = new Arguments();
        for (var i = 0; i < arguments.Count; i++)
        {
            var word = arguments[i];
            if (word.Length < 2 || word[0] != '-')
            {
                result.words.Add(word);
                continue;
            }
            var flag = word.TrimStart('-').Split('=', 2);
            if (flag.Length == 1 && Switches.Contains(flag[0]))
            {
                result.flags[flag[0]] = Yes;
                continue;
            }
            if (flag.Length == 1 && i + 1 == arguments.Count)
                throw new LifecycleException(ExitCodes.InvalidArguments, $"{word} needs a value");
            result.flags[flag[0]] = flag.Length == 2 ? flag[1] : arguments[++i];
        }
        return result;
    }

    /// <summary>The flag's value, else the variable's, else the default.</summary>
    public string Get(string flag, string variable, string otherwise) =>
        flags.TryGetValue(flag, out var value) ? value
        : Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? set
        : otherwise;

    /// <summary>Whether a switch is on.</summary>
    public bool IsOn(string flag, string variable) => Get(flag, variable, "") is Yes or "1";
}
