using CsCheck;
using NeetoDeploy.Core.Formations;

namespace NeetoDeploy.Core.Tests.Formations;

public sealed class ProcfileParserTests
{
    [Fact]
    public void Each_line_is_a_process_type_and_its_command()
    {
        var procfile = ProcfileParser
            .Parse("# comment\n\nweb: bin/web -p $PORT\nworker_2:  python3 -c 'a: b'  \r\nrelease:./migrate\n")
            .Value;

        Assert.Equal(
            [("web", "bin/web -p $PORT", 3), ("worker_2", "python3 -c 'a: b'", 4), ("release", "./migrate", 5)],
            procfile.Entries.Select(e => (e.Type.ToString(), e.Command, e.Line))
        );
    }

    [Theory]
    [InlineData("web node server.js", "line 1", "no colon")]
    [InlineData("web: x\nwo rker: y", "line 2", "not a process type")]
    [InlineData("web: x\n\nweb: y", "line 3", "already declared on line 1")]
    [InlineData("web:", "line 1", "no command")]
    [InlineData("# nothing", "declares no process type", "web: node")]
    [InlineData("", "declares no process type", "web: node")]
    [InlineData("web: a\0b", "line 1", "NUL")]
    public void A_broken_Procfile_is_refused_with_the_line_and_the_reason(string text, string where, string why)
    {
        var refused = ProcfileParser.Parse(text).Error;

        Assert.NotNull(refused);
        Assert.Equal("procfile.invalid", refused.Code);
        Assert.Contains(where, refused.Message, StringComparison.Ordinal);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_name() =>
        Assert.Equal("web", ProcfileParser.Parse("\uFEFFweb: x").Value.Entries[0].Type.ToString());

    [Fact]
    public void What_is_written_as_a_Procfile_is_read_back()
    {
        var name = Gen.String[Gen.Char["abcXYZ019-_"], 1, 20];
        var command = Gen.String[Gen.Char["abc $:/'\"|&#="], 1, 40].Select(c => "x" + c.Trim());
        Gen.Dictionary(name, command)[1, 8]
            .Sample(processes =>
            {
                var text = string.Concat(processes.Select(p => $"{p.Key}: {p.Value}\n"));

                var read = ProcfileParser.Parse(text).Value.Entries.ToDictionary(e => e.Type.ToString(), e => e.Command);

                return read.Count == processes.Count && processes.All(p => read[p.Key] == p.Value);
            });
    }

    [Fact]
    public void No_text_whatever_makes_it_throw() =>
        Gen.String.Sample(text => ProcfileParser.Parse(text).Match(p => p.Entries.Length > 0, e => e.Message.Length > 0));
}
