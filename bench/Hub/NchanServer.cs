using NeetoDeploy.Bench.Router;

namespace NeetoDeploy.Bench.Hub;

/// <summary>nginx with Debian's nchan, for publishers and subscribers by WebSocket.</summary>
internal sealed class NchanServer : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("neeto-bench-nchan-").FullName;
    private readonly ChildProcess process;
    private readonly int port = Ports.Free();

    private NchanServer()
    {
        var file = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(
            file,
            $$"""
            load_module /usr/lib/nginx/modules/ngx_nchan_module.so;
            daemon off; pid {{folder}}/nginx.pid; error_log stderr error; worker_processes auto;
            events { worker_connections 4096; }
            http {
              access_log off;
              server {
                listen 127.0.0.1:{{port}};
                location ~ ^/publish/(\w+)$ { nchan_publisher websocket; nchan_channel_id $1; nchan_message_buffer_length 1500; }
                location ~ ^/subscribe/(\w+)$ { nchan_subscriber websocket; nchan_channel_id $1; nchan_subscriber_first_message newest; }
              }
            }
            """
        );
        process = new ChildProcess("nginx", ["-p", folder, "-c", file]);
    }

    public string Publications => $"ws://127.0.0.1:{port}/publish/";

    public string Subscriptions => $"ws://127.0.0.1:{port}/subscribe/";

    public double ProcessorSeconds => process.ProcessorSeconds;

    public static async Task<NchanServer> StartAsync(CancellationToken cancel)
    {
        var server = new NchanServer();
        await Ports.WaitAsync(server.process, server.port, cancel);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
