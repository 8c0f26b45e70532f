using NeetoDeploy.Core.Results;
using NeetoDeploy.Dashboard.ConfigVars;

namespace NeetoDeploy.Dashboard.Tests.ConfigVars;

public sealed class DotEnvTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("  export A = 1  ", "1")]
    [InlineData("A=one two # a remark", "one two")]
    [InlineData("A=http://x/#anchor", "http://x/#anchor")]
    [InlineData("A='as it is\\n # too'", "as it is\\n # too")]
    [InlineData("A=\"two\\nlines and \\\"quotes\\\"\"", "two\nlines and \"quotes\"")]
    [InlineData("A=b=c=", "b=c=")]
    [InlineData("A=", "")]
    [InlineData("# A=0\n\nA=1\r\nA=2\r\n", "2")]
    public void An_assignment_is_read_as_dotenv_reads_it(string text, string expected) =>
        Assert.Equal(expected, DotEnv.Parse(text).Value["A"]);

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData(" spaces, a # and \\n as they are ")]
    [InlineData("it's \"quoted\"")]
    [InlineData("two\nlines, a \\n that is none, C:\\new\r\n")]
    [InlineData("'")]
    [InlineData("\"")]
    public void What_is_written_is_read_as_the_same(string value) =>
        Assert.Equal(value, DotEnv.Parse(DotEnv.Write([new("A", value), new("B", "1")])).Value["A"]);

    [Theory]
    [InlineData("A=1\nnonsense", "Line 2")]
    [InlineData("=1", "Line 1")]
    public void What_is_no_assignment_is_named_by_its_line(string text, string line)
    {
        var error = DotEnv.Parse(text).Error;
        Assert.Equal(ErrorCodes.ConfigVarInvalidName, error?.Code);
        Assert.StartsWith(line, error?.Message, StringComparison.Ordinal);
    }
}
