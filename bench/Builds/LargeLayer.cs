using System.Diagnostics;
using System.Text;
using NeetoDeploy.Bench.Installations;

namespace NeetoDeploy.Bench.Builds;

/// <summary>The exporter on one large layer, beside <c>tar | gzip -1</c> of the same files.</summary>
internal static class LargeLayer
{
    private const int Files = 1500;
    private const int FileBytes = 100 * 1024;

    public static async Task MeasureAsync(RunningInstallation installation, HttpClient api, CancellationToken cancel)
    {
        var files = new Dictionary<string, string> { ["Procfile"] = "worker: sleep 1000000\n" };
        var random = new Random(1);
        for (var i = 0; i < Files; i++)
            files[$"vendor/{i / 100}/{i}.txt"] = Text(random);
        using var source = await BuildBench.CreateAsync(installation, api, "bench-large", files, cancel);
        await source.CommitAsync("first", cancel);

        // Not to /dev/null: GNU tar would not read the files.
        var archive = Path.Combine(Path.GetTempPath(), $"neeto-bench-{Guid.NewGuid():n}.tar.gz");
        var watch = Stopwatch.StartNew();
        await Tool.RunAsync(
            ["tar", "--create", "--use-compress-program=gzip -1", $"--file={archive}", "vendor"],
            source.Folder,
            new Dictionary<string, string>(),
            cancel
        );
        var peer = watch.Elapsed.TotalSeconds;
        File.Delete(archive);
        var before = installation.MemoryOf("silo");
        var build = await BuildBench.BuildAsync(source, cancel);
        var grown = Math.Max(0, installation.PeakMemoryOf("silo") - before) >> 20;
        BuildBench.Say(
            $"{Files * FileBytes >> 20} MB in one layer: export {build.Of("export"):0.00} s, tar | gzip -1 {peer:0.00} s: {peer / build.Of("export"):0.00} x its throughput (goal 0.8); the silo's memory grew by {grown} MB at most (goal 150)"
        );
    }

    /// <summary>Words in random order: compressible as program text is.</summary>
    private static string Text(Random random)
    {
        string[] words = ["return", "function", "value", "const", "await", "=> {", "});", "import", "export", "length", "index", "null"];
        var text = new StringBuilder(FileBytes);
        while (text.Length < FileBytes)
            text.Append(words[random.Next(words.Length)]).Append(' ').Append(random.Next(100_000)).Append(random.Next(8) == 0 ? '\n' : ' ');
        return text.ToString(0, FileBytes);
    }
}
