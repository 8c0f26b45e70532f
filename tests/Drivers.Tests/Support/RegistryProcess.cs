using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace NeetoDeploy.Drivers.Tests.Support;

/// <summary>Debian's docker-registry on a free port of the loopback address, with storage that is gone afterwards.</summary>
internal sealed class RegistryProcess : IAsyncDisposable
{
    private readonly TemporaryDirectory directory;
    private readonly Process process;

    private RegistryProcess(TemporaryDirectory directory, Process process, int port)
    {
        this.directory = directory;
        this.process = process;
        Address = $"127.0.0.1:{port}";
    }

    /// <summary>Host and port.</summary>
    public string Address { get; }

    public static async Task<RegistryProcess> StartAsync()
    {
        var directory = new TemporaryDirectory();
        var port = FreePort();
        await File.WriteAllTextAsync(
            directory.File("config.yml"),
            $$"""
            version: 0.1
            log: { level: error }
            storage: { filesystem: { rootdirectory: {{directory.Path}}/storage }, delete: { enabled: true } }
            http: { addr: 127.0.0.1:{{port}} }
            """
        );
        var start = new ProcessStartInfo("docker-registry") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("serve");
        start.ArgumentList.Add(directory.File("config.yml"));
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var registry = new RegistryProcess(directory, process, port);
        using var http = new HttpClient();
        await Eventually.SeesAsync("the registry to answer", async cancel => await AnswersAsync(http, port, cancel), answers => answers);
        return registry;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        directory.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient http, int port, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/v2/"), cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
