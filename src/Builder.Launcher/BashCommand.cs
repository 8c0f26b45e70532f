namespace NeetoDeploy.Builder.Launcher;

/// <summary>The shell form of a process, which bash expands and runs after the profile scripts.</summary>
internal static class BashCommand
{
    // Nothing is put into these texts: scripts and command arrive as arguments. They are kept in arrays because a script may change "$@".
    private const string SourceProfiles = """
        neeto_profiles=("${@:2:$1}")
        neeto_directory=${@:$(($1 + 2)):1}
        neeto_command=("${@:$(($1 + 3))}")
        for neeto_profile in "${neeto_profiles[@]}"; do . "$neeto_profile"; done
        cd "$neeto_directory" || exit 82
        exec "${neeto_command[@]}"
        """;

    // As the official launcher does it: variables in each word are expanded, and a word stays one word.
    private const string ExpandWords = """
        neeto_words=()
        for neeto_word in "$0" "$@"; do neeto_words+=("$(eval "printf %s \"$neeto_word\"")"); done
        exec "${neeto_words[@]}"
        """;

    /// <summary>
    /// Words to execute. A single word of the process is a line: bash replaces itself by its last simple command, so that signals reach the app.
    /// Several words are a command with arguments.
    /// </summary>
    public static IReadOnlyList<string> For(ProcessChoice process, IReadOnlyList<string> profiles, string directory)
    {
        string[] command = process.Words is [var line] ? [line, "bash"] : [ExpandWords, .. process.Words];
        return profiles.Count == 0 ? ["bash", "-c", .. command] : ForWords(["bash", "-c", .. command], profiles, directory);
    }

    /// <summary>Words that are executed as they are, in a directory, when the scripts have been read.</summary>
    public static IReadOnlyList<string> ForWords(IReadOnlyList<string> words, IReadOnlyList<string> profiles, string directory) =>
        ["bash", "-c", SourceProfiles, "bash", $"{profiles.Count}", .. profiles, directory, .. words];
}
