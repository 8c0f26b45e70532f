using System.Globalization;
using System.Text;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Builds;

/// <summary>What a build says, up to a limit, and how long its phases took.</summary>
internal sealed class BuildTranscript(IBuildOutput output, long limit, long endless, TimeProvider time)
{
    private readonly List<PhaseTiming> timings = [];
    private readonly TaskCompletionSource<string> excess = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long written;
    private long dropped;

    /// <summary>Completes, with the reason, when the sandbox has written so much that there seems to be no end.</summary>
    public Task<string> Excess => excess.Task;

    /// <summary>Passes on what the sandbox writes. Beyond the limit it only counts, so that the build goes on and nothing grows.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        var room = (int)Math.Min(bytes.Length, limit - written);
        if (room > 0)
        {
            written += room;
            await output.WriteAsync(bytes[..room]);
        }
        if (room == bytes.Length)
            return;
        if (dropped == 0)
            await LineAsync($"\n !     More than {limit / (1024 * 1024)} MB of output: the rest is not shown");
        dropped += bytes.Length - room;
        if (written + dropped > endless)
            excess.TrySetResult($"the build wrote more than {endless / (1024 * 1024)} MB of output: have it print less");
    }

    /// <summary>A line of the builder's own, which the limit does not touch.</summary>
    public ValueTask LineAsync(string line) => output.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));

    public async Task<T> MeasureAsync<T>(BuildPhase phase, Func<Task<T>> run)
    {
        var start = time.GetTimestamp();
        try
        {
            return await run();
        }
        finally
        {
            await AddAsync(new PhaseTiming(phase, time.GetElapsedTime(start)));
        }
    }

    /// <summary>Answers how long ago this was.</summary>
    public Func<TimeSpan> StartClock()
    {
        var start = time.GetTimestamp();
        return () => time.GetElapsedTime(start);
    }

    public async Task AddAsync(PhaseTiming timing)
    {
        timings.Add(timing);
        await output.PhaseAsync(timing);
    }

    /// <summary>The table at the end of a build.</summary>
    /// <param name="images">How many images the report tells of.</param>
    public async Task SummariseAsync(BuildReport report, int images = 1)
    {
        var reused = report.Layers.Count(l => l.IsReused());
        await LineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"-----> {(images == 1 ? "Image" : $"{images} images")}: {Size(report.SizeBytes())}, {reused} of {report.Layers.Length} layers reused, {Size(report.UploadedBytes())} uploaded"
            )
        );
        foreach (var layer in report.Layers)
            await LineAsync($"       {layer.Name, -28}{Size(layer.SizeBytes), 10}  {(layer.IsReused() ? "reused" : "uploaded")}");
        if (report.Grown() is { } grown)
            await LineAsync($"       {grown.Name} grew by {Size(grown.Growth())} since the release before");
        foreach (var miss in report.CacheMisses)
            await LineAsync($"       {miss.Explain()}");
        var total = timings.Aggregate(TimeSpan.Zero, (sum, t) => sum + t.Duration);
        await LineAsync($"-----> Done in {Seconds(total)}");
        var phases = timings.OrderBy(t => t.Phase).Select(t => $"{t.Phase.ToString().ToLowerInvariant()} {Seconds(t.Duration)}");
        await LineAsync($"       {string.Join(" · ", phases)}");
        if (dropped > 0)
            await LineAsync($"       {Size(dropped)} of output were not shown");
    }

    private static string Seconds(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.00} s");

    private static string Size(long bytes) =>
        bytes switch
        {
            < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
            < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.0} MB"),
        };
}
