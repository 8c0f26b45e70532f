namespace NeetoDeploy.Architecture.Tests;

/// <summary>Small files: a reader sees the whole of one at a glance, and most changes touch few.</summary>
public sealed class SizeTests
{
    [Theory, InlineData("src", 400), InlineData("tests", 600)]
    public void No_file_is_longer_than(string top, int lines)
    {
        var offenders = Repository
            .Sources(top)
            .Where(file => file.Lines.Length > lines)
            .Select(file => $"{file.Path}: {file.Lines.Length} lines");

        Offenders.None(offenders);
    }

    [Fact]
    public void Half_of_the_files_have_at_most_60_lines_and_nine_of_ten_at_most_200()
    {
        var sizes = Repository.Sources("src").Select(file => file.Lines.Length).Order().ToArray();

        Assert.InRange(sizes[sizes.Length / 2], 1, 60);
        Assert.InRange(sizes[sizes.Length * 9 / 10], 1, 200);
    }
}
