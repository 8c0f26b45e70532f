namespace NeetoDeploy.Builder.Launcher;

/// <summary>What to run.</summary>
/// <param name="Type">The process type; null for a command that is none.</param>
/// <param name="Words">Command and arguments. In the shell form a single word is a line for bash.</param>
/// <param name="Direct">Without a shell.</param>
internal sealed record ProcessChoice(string? Type, IReadOnlyList<string> Words, bool Direct, string? WorkingDirectory)
{
    private static readonly Version ArgumentsAreReplacedSince = new(0, 9);

    /// <summary>Chooses by the name the launcher was called by, else by its arguments: <c>-- command…</c> is run directly, anything else by bash.</summary>
    public static ProcessChoice Make(LaunchMetadata metadata, string name, IReadOnlyList<string> arguments, string purpose)
    {
        if (metadata.Processes.Find(p => p.Type == name) is { } named)
        {
            return named.IsFor(purpose)
                ? FromType(metadata, named, arguments)
                : throw new LaunchException(
                    $"the process type '{name}' is for {string.Join(", ", named.ExecEnv)} only, and CNB_EXEC_ENV is {purpose}"
                );
        }
        if (arguments.Count == 0)
            return Default(metadata);
        if (arguments[0] != "--")
            return new(null, arguments, Direct: false, null);
        return arguments.Count > 1
            ? new(null, [.. arguments.Skip(1)], Direct: true, null)
            : throw new LaunchException("there is no command after '--'");
    }

    private static ProcessChoice Default(LaunchMetadata metadata) =>
        metadata.Processes.Find(p => p.Type == metadata.BuildpackDefaultProcessType) is { } process
            ? FromType(metadata, process, [])
            : throw new LaunchException("the image has no default process; say which command to run");

    private static ProcessChoice FromType(LaunchMetadata metadata, LaunchProcess process, IReadOnlyList<string> arguments)
    {
        var own = ReplacesArguments(metadata, process) && arguments.Count > 0 ? arguments : [.. process.Args, .. arguments];
        return new(process.Type, [.. process.Command, .. own], process.Direct, process.WorkingDir.Length == 0 ? null : process.WorkingDir);
    }

    /// <summary>Buildpack API 0.9 parted what a user may not change (command) from what one may (args).</summary>
    private static bool ReplacesArguments(LaunchMetadata metadata, LaunchProcess process) =>
        Version.TryParse(metadata.Buildpacks.Find(b => b.Id == process.BuildpackId)?.Api, out var api) && api >= ArgumentsAreReplacedSince;
}
