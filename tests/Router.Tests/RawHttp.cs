using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NeetoDeploy.Router.Tests;

/// <summary>Speaks HTTP byte for byte, for what a client library would not send or would hide.</summary>
internal static class RawHttp
{
    public static async Task<string> ReadHeadAsync(Stream stream, CancellationToken cancel)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, cancel) == 1)
        {
            head.Add(one[0]);
            if (head.Count >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r')
                break;
        }

        return Encoding.Latin1.GetString([.. head]);
    }

    public static async Task<TcpClient> ConnectAsync(Uri router)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, router.Port, TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>Sends a request as it stands and reads until the router closes.</summary>
    public static async Task<string> AskAsync(Uri router, string request)
    {
        using var client = await ConnectAsync(router);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
