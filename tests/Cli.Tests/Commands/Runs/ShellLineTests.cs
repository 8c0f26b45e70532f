using NeetoDeploy.Cli.Commands.Runs;

namespace NeetoDeploy.Cli.Tests.Commands.Runs;

public sealed class ShellLineTests
{
    [Theory]
    [InlineData("rake db:migrate && rake seed", "rake db:migrate && rake seed")]
    [InlineData("rake db:migrate", "rake", "db:migrate")]
    [InlineData("node -e \"console.log(1)\"", "node", "-e", "console.log(1)")]
    [InlineData("echo \"a \\\"b\\\"\" \"\"", "echo", "a \"b\"", "")]
    [InlineData("echo $HOME && ls *.js", "echo", "$HOME", "&&", "ls", "*.js")]
    [InlineData("sed \"s/a b/\\\\n/\"", "sed", @"s/a b/\n/")]
    public void Words_stay_whole_and_the_dynos_shell_keeps_its_meaning(string line, params string[] words) =>
        Assert.Equal(line, ShellLine.Of(words));
}
