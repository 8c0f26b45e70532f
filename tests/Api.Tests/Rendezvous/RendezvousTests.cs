using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NeetoDeploy.Api.Tests.Host;
using NeetoDeploy.Drivers.Fake.Dynos;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Api.Tests.Rendezvous;

public sealed class RendezvousTests(ApiFixture api)
{
    [Fact]
    public async Task Output_reaches_the_client_after_the_greeting_and_the_connection_ends_with_the_dyno()
    {
        var url = await RunAsync(FakePrograms.Exit(0, "hello", "world"), "true");
        await using var tls = await ConnectAsync(url);
        Assert.Equal("rendezvous\r\n", await ReadFirstAsync(tls));
        Assert.Equal("hello\nworld\n", await ReadToEndAsync(tls));
    }

    [Fact]
    public async Task Input_goes_to_the_dyno_and_byte_4_ends_it_without_a_terminal()
    {
        var url = await RunAsync(FakePrograms.Echo, "cat");
        await using var tls = await ConnectAsync(url);
        await ReadFirstAsync(tls);
        await tls.WriteAsync("spoken\n\u0004"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal("spoken\n", await ReadToEndAsync(tls));
    }

    [Fact]
    public async Task A_secret_serves_once()
    {
        var url = await RunAsync(FakePrograms.Exit(0), "true");
        await using (var tls = await ConnectAsync(url))
            Assert.StartsWith("rendezvous\r\n", await ReadToEndAsync(tls), StringComparison.Ordinal);
        await using var again = await ConnectAsync(url);
        Assert.Equal("", await ReadToEndAsync(again));
    }

    [Fact]
    public async Task HTTP_is_served_on_the_same_port()
    {
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate!.Equals(api.Certificate.Server),
        };
        using var http = new HttpClient(handler);
        using var answer = await http.GetAsync(new Uri($"https://localhost:{api.TlsPort}/account"), TestContext.Current.CancellationToken);
        Assert.Equal(406, (int)answer.StatusCode);
    }

    private async Task<Uri> RunAsync(FakeProgram program, string command)
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        var source = await me.PostAsync($"/apps/{app}/builds", """{"source_blob":{"url":"https://example.com/a.tgz","version":"1"}}""");
        await Eventually.HoldsAsync(
            "a release",
            async () => (await me.GetAsync($"/apps/{app}/releases")).Text.Contains("Deploy", StringComparison.Ordinal)
        );
        Assert.Equal(201, source.Status);
        api.Engine.RunCommandLines(program);
        var run = await me.PostAsync($"/apps/{app}/dynos", $$"""{"command":"{{command}}","attach":true,"force_no_tty":true}""");
        Assert.Equal(201, run.Status);
        return new Uri((string)run.Json["attach_url"]!);
    }

    private async Task<SslStream> ConnectAsync(Uri url)
    {
        Assert.Equal("rendezvous", url.Scheme);
        var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port, TestContext.Current.CancellationToken);
        var tls = new SslStream(
            client.GetStream(),
            false,
            (_, certificate, _, _) => new X509Certificate2(certificate!).Equals(api.Certificate.Server)
        );
        await tls.AuthenticateAsClientAsync(url.Host);
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"{url.AbsolutePath[1..]}\r\n"), TestContext.Current.CancellationToken);
        return tls;
    }

    private static async Task<string> ReadFirstAsync(SslStream tls)
    {
        var buffer = new byte[1024];
        return Encoding.UTF8.GetString(buffer, 0, await tls.ReadAsync(buffer, TestContext.Current.CancellationToken));
    }

    private static async Task<string> ReadToEndAsync(SslStream tls)
    {
        using var reader = new StreamReader(tls);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
