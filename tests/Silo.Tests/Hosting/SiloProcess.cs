using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;

namespace NeetoDeploy.Silo.Tests.Hosting;

/// <summary>The silo as its own process, as it runs in an installation.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();

    private SiloProcess(Process process, TestInstallation installation)
    {
        this.process = process;
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{installation.ApiPort}"), Timeout = TimeSpan.FromSeconds(60) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", installation.AdminToken);
        Client.DefaultRequestHeaders.Accept.ParseAdd("application/vnd.heroku+json; version=3");
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Acts as the administrator.</summary>
    public HttpClient Client { get; }

    public string Output => string.Join('\n', output);

    public static SiloProcess Start(TestInstallation installation)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "NeetoDeploy.Silo.dll"), "--settings", installation.SettingsFile },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new(Process.Start(start)!, installation);
    }

    public static async Task<SiloProcess> StartHealthyAsync(TestInstallation installation)
    {
        var silo = Start(installation);
        try
        {
            await Eventually.TrueAsync(silo.IsHealthyAsync, "the silo is healthy");
            return silo;
        }
        catch (Exception cause)
        {
            await silo.DisposeAsync();
            throw new InvalidOperationException($"The silo said:\n{silo.Output}", cause);
        }
    }

    /// <summary>Asks it to stop (SIGTERM); answers its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start(new ProcessStartInfo("kill") { ArgumentList = { "-TERM", $"{process.Id}" } })!)
            await kill.WaitForExitAsync();
        return await EndAsync();
    }

    /// <summary>Kills it without warning (SIGKILL).</summary>
    public Task KillAsync()
    {
        process.Kill();
        return process.WaitForExitAsync();
    }

    public async Task<int> EndAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    private async Task<bool> IsHealthyAsync()
    {
        Assert.False(process.HasExited, $"The silo has ended:\n{Output}");
        try
        {
            using var answer = await Client.GetAsync("/healthz");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
