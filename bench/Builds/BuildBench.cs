using System.Globalization;
using System.Net.Http.Json;
using NeetoDeploy.Bench.Deploys;
using NeetoDeploy.Bench.Installations;

namespace NeetoDeploy.Bench.Builds;

/// <summary>What a build costs beside the buildpack's own commands: cold, unchanged, with changed code; and what builds do to each other and to running apps.</summary>
internal static class BuildBench
{
    private const int Changes = 5;
    private const int ColdBuilds = 3;

    private delegate Task Part(RunningInstallation installation, HttpClient api, CancellationToken cancel);

    private static readonly Dictionary<string, Part> Parts = new()
    {
        ["express"] = (installation, api, cancel) => MeasureAsync(installation, api, "express", "server.js", cancel),
        ["static"] = (installation, api, cancel) => MeasureAsync(installation, api, "hello-static", "index.html", cancel),
        ["flask"] = (installation, api, cancel) => MeasureAsync(installation, api, "flask", "app.py", cancel),
        ["docker"] = (installation, api, cancel) => CompareAsync(installation, api, "express", "server.js", cancel),
        ["neighbours"] = Neighbours.MeasureAsync,
        ["layer"] = LargeLayer.MeasureAsync,
    };

    /// <summary>Measures the named parts in one installation; all of them when none is named.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> parts, CancellationToken cancel)
    {
        if (parts.FirstOrDefault(part => !Parts.ContainsKey(part)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"bench: there is no part {unknown}; the parts are {string.Join(", ", Parts.Keys)}");
            return 64;
        }
        await using var installation = await RunningInstallation.StartAsync(Checkout.Root, cancel);
        using var api = installation.NewApi();
        foreach (var part in parts.Count == 0 ? [.. Parts.Keys] : parts)
            await Parts[part](installation, api, cancel);
        return 0;
    }

    /// <summary>An app's name and a checkout that is pushed to it.</summary>
    public static async Task<PushedSource> CreateAsync(
        RunningInstallation installation,
        HttpClient api,
        string app,
        IReadOnlyDictionary<string, string> files,
        CancellationToken cancel
    )
    {
        (await api.PostAsJsonAsync("/apps", new { name = app }, cancel)).EnsureSuccessStatusCode();
        return await PushedSource.CreateAsync(installation, app, files, cancel);
    }

    private static async Task MeasureAsync(
        RunningInstallation installation,
        HttpClient api,
        string sample,
        string changed,
        CancellationToken cancel
    )
    {
        using var source = await CreateAsync(installation, api, $"bench-{sample}", Checkout.Sample(sample), cancel);
        await source.CommitAsync("first", cancel);
        Say($"{sample}, cold: {Describe(await BuildAsync(source, cancel))}");

        await MeasureColdAsync(installation, api, sample, cancel);

        var same = new List<BuildReport>();
        var code = new List<BuildReport>();
        for (var i = 0; i < Changes; i++)
        {
            await source.CommitNothingAsync(cancel);
            same.Add(await BuildAsync(source, cancel));
            await source.AppendAsync(changed, Remark(changed, i), cancel);
            code.Add(await BuildAsync(source, cancel));
        }
        Say(
            $"{sample}, no change, median of {Changes}: {Median.Of(same.Select(b => b.Total)):0.00} s (goal 0.6), {same.Max(b => b.Uploaded)} layer bytes uploaded (goal 0)"
        );
        Say(
            $"{sample}, code changed, median of {Changes}: {Median.Of(code.Select(b => b.Overhead)):0.00} s beside the buildpack's {Median.Of(code.Select(b => b.Own)):0.00} s (goal 0.7); last: {code[^1]}"
        );
    }

    /// <summary>First builds of more apps, in turn with the package manager alone. The runtime has been downloaded by then, as on any box that has seen one app of the language.</summary>
    private static async Task MeasureColdAsync(RunningInstallation installation, HttpClient api, string sample, CancellationToken cancel)
    {
        var (cold, alone) = (new List<BuildReport>(), new List<double>());
        for (var i = 2; i < 2 + ColdBuilds; i++)
        {
            using var source = await CreateAsync(installation, api, $"bench-{sample}-{i}", Checkout.Sample(sample), cancel);
            await source.CommitAsync("first", cancel);
            cold.Add(await BuildAsync(source, cancel));
            if (await PackageManagers.TimeAsync(sample, api, cancel) is { } packages)
                alone.Add(packages);
        }
        Say($"{sample}, cold, runtime known, last of {ColdBuilds}: {Describe(cold[^1])}");
        if (alone.Count > 0)
        {
            var (ours, theirs) = (Median.Of(cold.Select(build => build.Total)), Median.Of(alone));
            Say(
                $"{sample}, cold, runtime known, medians: {ours:0.00} s, the package manager alone {theirs:0.00} s: {ours - theirs:0.00} s more (goal 1.5)"
            );
        }
    }

    /// <summary>Code-only rebuilds in turn: here, and by <c>docker build</c> of two Dockerfiles.</summary>
    private static async Task CompareAsync(
        RunningInstallation installation,
        HttpClient api,
        string sample,
        string changed,
        CancellationToken cancel
    )
    {
        var app = $"bench-{sample}-peer";
        using var source = await CreateAsync(installation, api, app, Checkout.Sample(sample), cancel);
        await source.CommitAsync("first", cancel);
        await BuildAsync(source, cancel);
        using var stepped = await DockerBuild.CreateAsync(DockerBuild.Stepped, source, api, app, cancel);
        using var copied = await DockerBuild.CreateAsync(DockerBuild.Copied, source, api, app, cancel);
        var (ours, theirs, layered) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < Changes; i++)
        {
            await source.AppendAsync(changed, Remark(changed, i), cancel);
            ours.Add((await BuildAsync(source, cancel)).Total);
            theirs.Add(await stepped.TimeAsync(cancel));
            layered.Add(await copied.TimeAsync(cancel));
        }
        Compare("docker build, the context is the code", theirs);
        Compare("docker build of the same layers", layered);

        void Compare(string peer, IReadOnlyList<double> times) =>
            Say(
                $"{sample}, code changed: {Median.Of(ours):0.00} s, {peer} {Median.Of(times):0.00} s: {Median.Of(times) / Median.Of(ours):0.0} x as fast (goal 10)"
            );
    }

    public static async Task<BuildReport> BuildAsync(PushedSource source, CancellationToken cancel) =>
        BuildReport.Parse(await source.PushAsync(cancel));

    public static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static string Remark(string file, int number) =>
        Path.GetExtension(file) switch
        {
            ".js" => $"// {number}\n",
            ".py" => $"# {number}\n",
            _ => $"<!-- {number} -->\n",
        };

    private static string Describe(BuildReport build) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{build.Total:0.00} s, {build.Overhead:0.00} s beside the buildpack's {build.Own:0.00} s ({build})"
        );
}
