namespace NeetoDeploy.Builder.Launcher;

/// <summary>The shell form of a process: a line that bash expands and runs after the profile scripts.</summary>
internal static class BashCommand
{
    // Nothing is put into this text: scripts and command arrive as arguments. They are kept in arrays because a script may change "$@".
    private const string SourceProfiles = """
        neeto_profiles=("${@:2:$1}")
        neeto_command=("${@:$(($1 + 2))}")
        for neeto_profile in "${neeto_profiles[@]}"; do . "$neeto_profile"; done
        exec bash -c "${neeto_command[@]}"
        """;

    /// <summary>
    /// Words to execute. bash replaces itself by the line's last simple command, so that signals reach the app; further words of the process
    /// reach the line as they are.
    /// </summary>
    public static IReadOnlyList<string> For(ProcessChoice process, IReadOnlyList<string> profiles)
    {
        var line = process.Words is [var only] ? only : process.Words[0] + " \"$@\"";
        string[] command = [line, "bash", .. process.Words.Skip(1)];
        return profiles.Count == 0
            ? ["bash", "-c", .. command]
            : ["bash", "-c", SourceProfiles, "bash", $"{profiles.Count}", .. profiles, .. command];
    }
}
