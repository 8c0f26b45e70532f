using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests;

/// <summary>Command lines that mean nothing, and help.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("ps:scal", "Did you mean ps:scale?")]
    [InlineData("lgos", "Did you mean logs?")]
    [InlineData("domains:ad", "Did you mean domains:add?")]
    [InlineData("app", "Did you mean apps?")]
    [InlineData("frobnicate", "'neeto --help' lists the commands.")]
    public async Task An_unknown_command_is_answered_with_the_nearest(string command, string advice) =>
        (await new Neeto().RunAsync(command)).Fails(
            2,
            $"""
            Error: There is no command '{command}'.
            {advice}
            """
        );

    [Fact]
    public async Task An_unknown_option_names_the_commands_help() =>
        (await new Neeto().RunAsync("apps", "--colour")).Fails(
            2,
            """
            Error: Unrecognized command or argument '--colour'.
            'neeto apps --help' says how it is used.
            """
        );

    [Fact]
    public async Task A_missing_argument_is_named() =>
        (await new Neeto().RunAsync("config:get", "-a", "shop")).Fails(
            2,
            """
            Error: Required argument 'name' missing for command: 'config:get'.
            'neeto config:get --help' says how it is used.
            """
        );

    [Theory, InlineData, InlineData("--help"), InlineData("-h")]
    public async Task Help_lists_every_command(params string[] line)
    {
        var help = await new Neeto().RunAsync(line);

        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.All(
            ["login", "apps", "deploy", "ps:scale", "config:set", "rollback", "run", "completion"],
            command => Assert.Contains($"\n  {command} ", help.Output, StringComparison.Ordinal)
        );
        Assert.DoesNotContain('\e', help.Output);
    }

    [Theory, InlineData("run"), InlineData("config:set"), InlineData("ps:scale")]
    public async Task A_commands_help_is_no_error_even_where_arguments_are_missing(string command)
    {
        var help = await new Neeto().RunAsync(command, "--help");

        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.Contains($"neeto {command}", help.Output, StringComparison.Ordinal);
    }
}
