using System.Text.RegularExpressions;

namespace NeetoDeploy.Architecture.Tests;

/// <summary>No shell string anywhere: programs are started with lists of arguments.</summary>
public sealed partial class ShellTests
{
    /// <summary>Where a shell is the point, and why that is safe.</summary>
    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["src/Builder.Launcher/BashCommand.cs"] =
            "A Procfile's command is a shell command by definition; it runs in the app's own container.",
        ["src/Builder.Lifecycle/Classic/ExportScript.cs"] =
            "A classic buildpack's export file is bash to be sourced by definition; the text that does it is a constant.",
        ["src/Builder.Launcher/ExecD.cs"] = "Bash moves a file descriptor before it becomes the app's own program; the text is a constant.",
        ["src/Core/Images/ImageCommands.cs"] =
            "An image's shell runs the app's own line, in the app's own container; the line is one word.",
        ["src/Builder/Builds/BuiltApp.cs"] = "Recognises such a command in metadata; runs nothing.",
    };

    [Fact]
    public void No_source_hands_a_line_to_a_shell()
    {
        var offenders = Repository
            .Sources("src")
            .Where(file => ShellName().IsMatch(file.Text) && CommandOption().IsMatch(file.Text))
            .Select(file => file.Path)
            .Except(Reasons.Keys);

        Offenders.None(offenders);
    }

    [Fact]
    public void No_source_starts_a_program_through_the_shell_of_the_system() =>
        Offenders.None(Repository.Sources("src").Where(file => ShellExecute().IsMatch(file.Text)).Select(file => file.Path));

    [Fact]
    public void Arguments_are_lists() =>
        Offenders.None(Repository.Sources("src").Where(file => JoinedArguments().IsMatch(file.Text)).Select(file => file.Path));

    [GeneratedRegex(
        """
            "(/usr/bin/env |/usr/bin/|/bin/)?(ba|da|z|k)?sh"
            """
    )]
    private static partial Regex ShellName();

    [GeneratedRegex(
        """
            "-(l|e|x)*c"
            """
    )]
    private static partial Regex CommandOption();

    [GeneratedRegex(@"UseShellExecute\s*=\s*true")]
    private static partial Regex ShellExecute();

    [GeneratedRegex(
        """
            (new ProcessStartInfo|Process\.Start)\([^,()\n]+,\s*\$?"
            """
    )]
    private static partial Regex JoinedArguments();
}
