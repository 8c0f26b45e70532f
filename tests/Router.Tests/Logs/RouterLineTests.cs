using System.Buffers;
using System.Text;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Router.Forwarding;
using NeetoDeploy.Router.Logs;

namespace NeetoDeploy.Router.Tests.Logs;

public sealed class RouterLineTests
{
    private static readonly RouterLine Line = new()
    {
        App = new AppId(Guid.Empty),
        Time = DateTimeOffset.UnixEpoch,
        Method = "GET",
        Target = "/x?y=1",
        Host = "shop.example.com",
        RequestId = "8601b555-6a83-4c12-8269-97c8e32cdb22",
        ForwardedFor = "1.2.3.4",
        Dyno = "web.1",
        Connect = TimeSpan.FromMilliseconds(1.9),
        Service = TimeSpan.FromMilliseconds(18.2),
        Status = 200,
        Bytes = 415,
    };

    [Fact]
    public void An_answered_request_reads_as_on_heroku() =>
        Assert.Equal(
            "at=info method=GET path=\"/x?y=1\" host=shop.example.com request_id=8601b555-6a83-4c12-8269-97c8e32cdb22 fwd=\"1.2.3.4\" dyno=web.1 "
                + "connect=1ms service=18ms status=200 bytes=415 protocol=http",
            Text(Line)
        );

    [Fact]
    public void A_failed_request_names_its_code() =>
        Assert.Equal(
            "at=error code=H12 desc=\"Request timeout\" method=GET path=\"/x?y=1\" host=shop.example.com "
                + "request_id=8601b555-6a83-4c12-8269-97c8e32cdb22 fwd=\"1.2.3.4\" dyno=web.1 connect=1ms service=30000ms status=503 bytes=0 protocol=http",
            Text(Line with { Error = RouterError.RequestTimeout, Service = TimeSpan.FromSeconds(30), Status = 503, Bytes = 0 })
        );

    [Fact]
    public void What_was_never_known_stays_empty() =>
        Assert.Equal(
            "at=info code=H80 desc=\"Maintenance mode\" method=GET path=\"/x?y=1\" host=shop.example.com "
                + "request_id=8601b555-6a83-4c12-8269-97c8e32cdb22 fwd=\"1.2.3.4\" dyno= connect= service= status=503 bytes= protocol=http",
            Text(Line with { Error = RouterError.Maintenance, Dyno = null, Connect = null, Service = null, Status = 503, Bytes = null })
        );

    [Theory]
    [InlineData("/\" status=200 fwd=\"", "/%22 status=200 fwd=%22")]
    [InlineData("/\\", "/%5C")]
    [InlineData("/a\r\nat=info", "/a%0D%0Aat=info")]
    [InlineData("/\u001b[31m", "/%1B[31m")]
    [InlineData("/✓", "/%E2%9C%93")]
    [InlineData("/\u007f\0", "/%7F%00")]
    public void Nothing_that_a_client_sends_ends_a_value_or_a_line(string sent, string written)
    {
        Assert.Contains($" path=\"{written}\" host=", Text(Line with { Target = sent }));
        Assert.Contains($" fwd=\"{written}\" dyno=", Text(Line with { ForwardedFor = sent }));
    }

    private static string Text(RouterLine line)
    {
        var output = new ArrayBufferWriter<byte>();
        RouterLineText.Write(output, line);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
