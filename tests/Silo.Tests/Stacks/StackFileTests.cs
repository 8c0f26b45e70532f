using NeetoDeploy.Drivers.Docker.Stacks;
using NeetoDeploy.Silo.Stacks;

namespace NeetoDeploy.Silo.Tests.Stacks;

public sealed class StackFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("neeto-stacks-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Each_table_is_a_stack()
    {
        var stacks = StackFile.Parse(
            """
            # Heroku's own
            [heroku-24]
            run = "heroku/heroku:24"
            build = "heroku/heroku:24-build"

            [ours]
            run = 'registry.example:5000/base/run@sha256:9ca771f09119e1c8f0c9a1c0f5a29b5ac5b1f4fcf3f2c4a6b9f1f6e3ad6d7c11'
            build = 'registry.example:5000/base/build:7'
            user = 1001

            [cnb-24]
            builder = "heroku/builder:24"
            """
        );
        Assert.Equal(new ConfiguredStack("heroku-24", "heroku/heroku:24", "heroku/heroku:24-build", null), stacks[0]);
        Assert.Equal(("ours", 1001), (stacks[1].Name, stacks[1].User));
        Assert.Equal(new ConfiguredStack("cnb-24", null, "heroku/builder:24", null, IsBuilder: true), stacks[2]);
        Assert.Equal(3, stacks.Count);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("# nothing yet\n", 0)]
    public void A_file_without_tables_has_no_stack(string text, int count) => Assert.Equal(count, StackFile.Parse(text).Count);

    [Theory]
    [InlineData("[heroku-24]\nrun = heroku", "line 2: ")]
    [InlineData("run = \"a\"", "line 1: 'run' belongs to no stack")]
    [InlineData("\n[heroku-24]\nrun = \"a\"", "line 2: a stack needs the names of two images")]
    [InlineData("[a]\nbuild = \"b\"", "line 1: a stack needs the names of two images")]
    [InlineData("[a]\nrun = \"a\"\nbuild = \"b\"\nbuilder = \"c\"", "line 1: a stack needs the names of two images")]
    [InlineData("[a]\nrun = \"a\"\nbuild = \"b\"\nimage = \"c\"", "line 4: 'image' is not known; there may be run")]
    [InlineData("[a]\nrun = 24\nbuild = \"b\"", "line 2: 'run' must be the name of an image")]
    [InlineData("[a]\nrun = \"-v/:/host\"\nbuild = \"b\"", "line 2: 'run' must be the name of an image")]
    [InlineData("[a]\nrun = \"a\"\nbuild = \"b\"\nuser = 0", "line 4: 'user' must be the number of an unprivileged user")]
    [InlineData("[a]\nrun = \"a\"\nbuild = \"b\"\nuser = \"me\"", "line 4: 'user' must be the number of an unprivileged user")]
    [InlineData("[neeto-12]\nrun = \"a\"\nbuild = \"b\"", "line 1: the stack neeto-12 comes with the installation")]
    [InlineData("[container]\nrun = \"a\"\nbuild = \"b\"", "line 1: the stack container comes with the installation")]
    [InlineData("[Heroku_24]\nrun = \"a\"\nbuild = \"b\"", "line 1: 'Heroku_24' cannot name a stack")]
    [InlineData("[heroku.24]\nrun = \"a\"\nbuild = \"b\"", "line 1: 'heroku.24' cannot name a stack")]
    [InlineData("[[a]]\nrun = \"a\"\nbuild = \"b\"", "line 1: 'a' cannot name a stack")]
    [InlineData("[a]\nrun = \"a\"\nbuild = \"b\"\n[a]\nrun = \"a\"", "line 4: ")]
    public void What_cannot_be_used_is_named_with_its_line(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => StackFile.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_cannot_be_used_gives_no_stack_and_the_reason()
    {
        Assert.Equal((0, null), (StackFile.Read(folder).Stacks.Count, StackFile.Read(folder).Problem));
        File.WriteAllText(Path.Combine(folder, "stacks.toml"), "[a]\nrun = 1\n");
        var file = StackFile.Read(folder);
        Assert.Empty(file.Stacks);
        Assert.Contains($"{folder}/stacks.toml cannot be used", file.Problem, StringComparison.Ordinal);
        Assert.Contains("line 2: ", file.Problem, StringComparison.Ordinal);
    }
}
