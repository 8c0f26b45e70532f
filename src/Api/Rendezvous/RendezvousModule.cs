using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace NeetoDeploy.Api.Rendezvous;

/// <summary>Serves attached one-off dynos on an HTTPS port beside HTTP.</summary>
public static class RendezvousModule
{
    /// <summary>Call it after <c>UseHttps</c>. A connection whose first byte is a lower-case letter speaks rendezvous; everything else is HTTP.</summary>
    public static ListenOptions UseRendezvous(this ListenOptions listen)
    {
        listen.Use(next =>
            async connection =>
            {
                var read = await connection.Transport.Input.ReadAsync(connection.ConnectionClosed);
                var isRendezvous = !read.Buffer.IsEmpty && read.Buffer.FirstSpan[0] is >= (byte)'a' and <= (byte)'z';
                // Nothing is consumed or looked at: whoever reads next sees the same bytes at once.
                connection.Transport.Input.AdvanceTo(read.Buffer.Start);
                if (isRendezvous)
                    await listen.ApplicationServices.GetRequiredService<RendezvousServer>().ServeAsync(connection);
                else
                    await next(connection);
            }
        );
        return listen;
    }
}
