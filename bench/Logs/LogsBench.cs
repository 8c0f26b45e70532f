using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using NeetoDeploy.Bench.Deploys;
using NeetoDeploy.Bench.Installations;

namespace NeetoDeploy.Bench.Logs;

/// <summary>How long a line takes from the app's writing it to the terminal of whoever follows the log, by our CLI and by the official one.</summary>
internal static partial class LogsBench
{
    private const string App = "bench-ticks";
    private const int Lines = 200;
    private const double GoalMilliseconds = 200;

    private const string Package =
        """{ "name": "ticks", "version": "1.0.0", "private": true, "engines": { "node": "22.x" }, "scripts": { "start": "node server.js" } }""";

    private const string Server = """
        require("http").createServer((request, response) => response.end("ticking")).listen(process.env.PORT);
        setInterval(() => console.log(`tick ${Date.now()}`), 100);

        """;

    public static async Task<int> RunAsync(CancellationToken cancel)
    {
        await using var installation = await RunningInstallation.StartAsync(Checkout.Root, cancel);
        using var api = installation.NewApi();
        (await api.PostAsJsonAsync("/apps", new { name = App }, cancel)).EnsureSuccessStatusCode();
        using var source = await PushedSource.CreateAsync(
            installation,
            App,
            new Dictionary<string, string> { ["package.json"] = Package, ["server.js"] = Server },
            cancel
        );
        await source.CommitAsync("Tick", cancel);
        await source.PushAsync(cancel);

        await MeasureAsync("neeto logs --tail", [installation.Script, "logs", "--app", App, "--tail"], installation, cancel);
        if (RunningInstallation.Heroku is { } heroku)
            await MeasureAsync("heroku logs --tail", [heroku, "logs", "--app", App, "--tail"], installation, cancel);
        return 0;
    }

    private static async Task MeasureAsync(string name, string[] line, RunningInstallation installation, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(line[0], line.Skip(1)) { RedirectStandardOutput = true };
        foreach (var (key, value) in await installation.EnvironmentAsync(cancel))
            start.Environment[key] = value;
        using var process = Process.Start(start)!;
        var started = TimeProvider.System.GetUtcNow();
        var delays = new List<double>();
        while (delays.Count < Lines && await process.StandardOutput.ReadLineAsync(cancel) is { } text)
        {
            // What was written before the following began is the log's past.
            if (Tick().Match(text) is { Success: true } tick && Written(tick) is var written && written > started.AddSeconds(3))
                delays.Add((TimeProvider.System.GetUtcNow() - written).TotalMilliseconds);
        }
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(cancel);
        delays.Sort();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {delays.Count} lines, median {delays[delays.Count / 2]:0} ms, 99 % {delays[delays.Count * 99 / 100]:0} ms, slowest {delays[^1]:0} ms (goal {GoalMilliseconds:0})"
            )
        );
    }

    private static DateTimeOffset Written(Match tick) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(tick.Groups[1].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"tick (\d+)$")]
    private static partial Regex Tick();
}
