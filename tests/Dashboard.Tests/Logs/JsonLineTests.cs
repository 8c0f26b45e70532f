using NeetoDeploy.Dashboard.Logs;

namespace NeetoDeploy.Dashboard.Tests.Logs;

public sealed class JsonLineTests
{
    [Theory]
    [InlineData("""{"level":"WARN","msg":"slow","ms":1200}""", "warn", "slow")]
    [InlineData("""{"level":50,"message":"broken\nhere"}""", "error", "broken⏎here")]
    [InlineData("""  {"severity":"info","event":"started"}  """, "info", "started")]
    [InlineData("""{"log":{"level":"debug"},"message":"nested"}""", "debug", "nested")]
    [InlineData("""{"path":"/","status":200,"tags":[1,2]}""", null, "path=/ status=200 tags=[1,2]")]
    public void People_see_level_and_message_first(string line, string? level, string message)
    {
        var read = JsonLine.TryRead(line)!;

        Assert.Equal((level, message), (read.Level, read.Message));
    }

    [Fact]
    public void Every_member_is_a_row_and_those_of_inner_objects_have_a_path() =>
        Assert.Equal(
            [("a", "1"), ("b.c", "<b>"), ("b.d.e", "null"), ("f", "[{}]")],
            JsonLine.TryRead("""{"a":1,"b":{"c":"<b>","d":{"e":null}},"f":[{}]}""")!.Members
        );

    [Theory]
    [InlineData("plain")]
    [InlineData("{}")]
    [InlineData("{ no json }")]
    [InlineData("[1]")]
    [InlineData("""{"a":"\ud800"}""")]
    public void Anything_else_is_a_line_like_others(string line) => Assert.Null(JsonLine.TryRead(line));

    [Fact]
    public void Neither_depth_nor_size_is_a_burden()
    {
        Assert.Null(JsonLine.TryRead(string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000)));
        var wide = $"{{{string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"m{i}\":{i}"))}}}";
        Assert.Equal(JsonLine.MostMembers, JsonLine.TryRead(wide)!.Members.Count);
    }
}
