using System.Net;
using System.Net.Sockets;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Registry;
using NeetoDeploy.Drivers.Registry.Images;

namespace NeetoDeploy.Drivers.Tests.Images;

/// <summary>A registry that stops in the middle of a blob, as one does whose process is stopped or whose disk hangs.</summary>
public sealed class HungRegistryTests : IDisposable
{
    private static readonly ImageDigest Digest = ImageDigest.FromHash(new byte[32]);

    private readonly HttpListener listener = new();
    private readonly RegistryImageStore store;

    public HungRegistryTests()
    {
        var address = FreeAddress();
        listener.Prefixes.Add($"http://{address}/");
        listener.Start();
        store = new RegistryImageStore(new RegistryOptions { Registry = address, CallTimeout = TimeSpan.FromMilliseconds(300) });
        _ = ServeAsync();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        store.Dispose();
        listener.Close();
    }

    [Fact]
    public async Task An_upload_that_stops_moving_times_out()
    {
        var content = new byte[32 << 20];
        var error = await Assert.ThrowsAsync<DriverException>(() =>
            store.PutBlobAsync("apps/a", Digest, content.Length, new MemoryStream(content), Cancel)
        );
        Assert.Equal(DriverErrorKind.TimedOut, error.Kind);
        Assert.Contains("did not answer within", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_that_stops_moving_times_out()
    {
        await using var blob = await store.GetBlobAsync("apps/a", Digest, Cancel);
        var error = await Assert.ThrowsAsync<DriverException>(() => blob.CopyToAsync(Stream.Null, Cancel));
        Assert.Equal(DriverErrorKind.TimedOut, error.Kind);
    }

    /// <summary>Accepts uploads and takes nothing of them, sends the first byte of downloads, and forgets both.</summary>
    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var call = await listener.GetContextAsync();
                if (call.Request.HttpMethod == "POST")
                {
                    call.Response.StatusCode = 202;
                    call.Response.Headers["Location"] = "/v2/apps/a/blobs/uploads/1";
                    call.Response.Close();
                }
                else if (call.Request.HttpMethod == "GET")
                {
                    call.Response.ContentLength64 = 100;
                    call.Response.OutputStream.WriteByte(1);
                    await call.Response.OutputStream.FlushAsync(Cancel);
                }
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static string FreeAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return probe.LocalEndpoint.ToString()!;
    }
}
