using NeetoDeploy.Api.Streams;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.Api.Tests.Streams;

public sealed class StreamUrlsTests
{
    private static readonly ApiOptions Options = new()
    {
        PublicUrl = "http://127.0.0.1:5000",
        GitUrl = "https://localhost:5443",
        ApiPort = 5000,
        RouterToken = "router",
        AppsDomain = "localhost",
        RouterPort = 8080,
        DataDirectory = "/data",
        SigningKey = [.. Enumerable.Repeat((byte)7, 32)],
    };

    private static readonly StreamUrls Urls = new(Options, new UrlSigner(Options));

    [Fact]
    public void A_log_session_reads_back_what_it_permits()
    {
        var ticket = new LogTicket(
            new AppId(Guid.NewGuid()),
            new string('a', 64),
            new LogFilter("web", "app"),
            7,
            true,
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
        var parts = Urls.LogUrl(ticket).Split('/');

        Assert.True(Urls.TryReadLogTicket(parts[^2], parts[^1], out var read));
        Assert.Equal(ticket, read);
        Assert.False(Urls.TryReadLogTicket(parts[^2] + "x", parts[^1], out _));
        Assert.False(Urls.TryReadLogTicket(parts[^2], "", out _));
    }

    [Fact]
    public void The_signature_of_one_output_does_not_open_another()
    {
        var output = new OutputId(Guid.NewGuid());
        var signature = Urls.OutputUrl(output).Split('/')[^1];

        Assert.True(Urls.IsOutputUrl(output, signature));
        Assert.False(Urls.IsOutputUrl(new OutputId(Guid.NewGuid()), signature));
        Assert.False(Urls.IsSourceUrl(output.Value, signature));
    }

    [Fact]
    public void Another_installation_signs_differently()
    {
        var output = new OutputId(Guid.NewGuid());
        var other = Options with { SigningKey = [.. Enumerable.Repeat((byte)8, 32)] };

        Assert.False(new StreamUrls(other, new UrlSigner(other)).IsOutputUrl(output, Urls.OutputUrl(output).Split('/')[^1]));
    }

    [Fact]
    public void Without_a_real_key_there_is_no_api() =>
        Assert.Throws<ArgumentException>(() => new UrlSigner(Options with { SigningKey = new byte[31] }));

    [Fact]
    public void An_upload_of_our_own_is_a_file()
    {
        var source = Guid.NewGuid();

        Assert.Equal($"file:///data/sources/{source}.tar.gz", Urls.LocateSource(Urls.SourceUrl(source)));
        Assert.Null(Urls.LocateSource($"http://127.0.0.1:5000/sources/{source}/made-up"));
    }

    [Theory]
    [InlineData("https://example.com/app.tar.gz", "https://example.com/app.tar.gz")]
    [InlineData("http://example.com/app.tar.gz", "http://example.com/app.tar.gz")]
    [InlineData("file:///etc/shadow", null)]
    [InlineData("/etc/shadow", null)]
    [InlineData("ftp://example.com/app.tar.gz", null)]
    [InlineData("", null)]
    public void A_user_cannot_name_a_file_of_the_machine(string url, string? expected) => Assert.Equal(expected, Urls.LocateSource(url));
}
