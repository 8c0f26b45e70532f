using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using NeetoDeploy.Bench.Builds;
using NeetoDeploy.Bench.Installations;

namespace NeetoDeploy.Bench.Deploys;

/// <summary>A code-only change of an Express app: from <c>git push</c> to the first answer of the new release, and what each phase takes of it.</summary>
internal static class DeployBench
{
    private const string App = "bench-express";

    public static async Task<int> RunAsync(string[] options, CancellationToken cancel)
    {
        var changes = options is ["--changes", var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 7;
        await using var installation = await RunningInstallation.StartAsync(Checkout.Root, cancel);
        using var api = installation.NewApi();
        using var web = RunningInstallation.NewWeb();
        (await api.PostAsJsonAsync("/apps", new { name = App }, cancel)).EnsureSuccessStatusCode();
        using var source = await PushedSource.CreateAsync(installation, App, Checkout.Sample("express"), cancel);

        var first = await MeasureAsync(source, web, installation, "first", cancel);
        Console.WriteLine($"first deploy (Node.js and dependencies downloaded): {first}");
        var seen = new List<Deploy>();
        for (var i = 1; i <= changes; i++)
        {
            seen.Add(await MeasureAsync(source, web, installation, $"change {i}", cancel));
            Console.WriteLine($"change {i}: {seen[^1]}");
        }
        var median = Median.Of(seen.Select(deploy => deploy.Total));
        var own = Median.Of(seen.Select(deploy => deploy.Build.Own));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"median of {changes}: {median:0.00} s in all (goal 2.5), {median - own:0.00} s beside the buildpack's own {own:0.00} s (goal 1.5)"
            )
        );
        return 0;
    }

    private static async Task<Deploy> MeasureAsync(
        PushedSource source,
        HttpClient web,
        RunningInstallation installation,
        string text,
        CancellationToken cancel
    )
    {
        await source.ChangeAsync(text, cancel);
        var watch = Stopwatch.StartNew();
        var output = await source.PushAsync(cancel);
        var pushed = watch.Elapsed.TotalSeconds;
        var url = new Uri($"http://{App}.localhost:{installation.RouterPort}/");
        while (!await AnswersAsync(web, url, text, cancel))
            cancel.ThrowIfCancellationRequested();
        return new Deploy(watch.Elapsed.TotalSeconds, pushed, BuildReport.Parse(output));
    }

    /// <summary>The first release of an app has no route for a moment: whatever else is answered, it is not there yet.</summary>
    private static async Task<bool> AnswersAsync(HttpClient web, Uri url, string text, CancellationToken cancel)
    {
        using var answer = await web.GetAsync(url, cancel);
        return (await answer.Content.ReadAsStringAsync(cancel)).Contains(text, StringComparison.Ordinal);
    }
}

/// <summary>One deploy, in seconds.</summary>
/// <param name="Total">From the start of the push to the first answer of the new release.</param>
/// <param name="Pushed">When the push had returned.</param>
internal sealed record Deploy(double Total, double Pushed, BuildReport Build)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Total:0.00} s (push returned after {Pushed:0.00} s: {Build})");
}
