using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Core.Tests.Images;

public sealed class ImageCommandsTests
{
    [Fact]
    public void A_line_is_one_word_for_a_shell() =>
        Assert.Equal(["/bin/sh", "-c", "rake db:migrate && echo \"$A\""], ImageCommands.OfLine("rake db:migrate && echo \"$A\""));

    [Theory]
    [InlineData("node|server.js")]
    [InlineData("server")]
    [InlineData("node|-e|console.log('hi there')")]
    [InlineData("/bin/sh|-c|node server.js --port $PORT")]
    [InlineData("bash|-lc|bundle exec puma -p $PORT")]
    public void A_CMD_that_needs_no_shell_is_left_to_the_image(string words) => Assert.Empty(ImageCommands.OfImage([], words.Split('|')));

    [Theory]
    [InlineData("gunicorn|--bind|0.0.0.0:$PORT|app:wsgi", """ "gunicorn" "--bind" "0.0.0.0:$PORT" "app:wsgi" """)]
    [InlineData("say|two words $A|\"quoted\" `no` \\", """ "say" "two words $A" "\"quoted\" \`no\` \\" """)]
    [InlineData("python app.py", "python app.py")]
    public void Variables_in_a_CMD_are_replaced_by_a_shell(string words, string line) =>
        Assert.Equal(["/bin/sh", "-c", line.Trim()], ImageCommands.OfImage([], words.Split('|')));

    [Fact]
    public void A_CMD_that_an_ENTRYPOINT_takes_stays_as_it_is() => Assert.Empty(ImageCommands.OfImage(["tini", "--"], ["serve", "$PORT"]));

    [Fact]
    public void People_see_the_line_and_not_the_shell() =>
        Assert.Equal(
            ["node server.js", "tini -- node server.js", "tini -- serve --all", ""],
            [
                ImageCommands.Show([], ["/bin/sh", "-c", "node server.js"]),
                ImageCommands.Show(["tini", "--"], ["/bin/sh", "-c", "node server.js"]),
                ImageCommands.Show(["tini", "--"], ["serve", "--all"]),
                ImageCommands.Show([], []),
            ]
        );
}
