using System.Diagnostics.Metrics;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.LogRelay.Ingest;

/// <summary>Puts what collectors bring into its apps' logs.</summary>
internal sealed class LogIngest(IGrainFactory grains, LogRelayOptions options, TimeProvider time, IMeterFactory meters)
{
    /// <summary>The meter's name; its counters are <c>ingest.lines</c>, <c>ingest.unknown</c> and <c>ingest.malformed</c>.</summary>
    public const string MeterName = "NeetoDeploy.LogRelay";

    private readonly Counter<long> linesTaken = meters.Create(MeterName).CreateCounter<long>("ingest.lines");
    private readonly Counter<long> unknown = meters.Create(MeterName).CreateCounter<long>("ingest.unknown");
    private readonly Counter<long> malformed = meters.Create(MeterName).CreateCounter<long>("ingest.malformed");

    /// <summary>Completes once every line of a known app is stored. Lines of others are dropped and counted.</summary>
    public async Task<IngestResult> TakeAsync(ReadRecords read)
    {
        CallContext.Act(Actor.Platform);
        var lines = new CollectedLines(options.InstallationId, time.GetUtcNow());
        var stored = await Task.WhenAll(lines.Take(read.Records).Select(app => StoreAsync(app.Key, app.Value)));
        var taken = new IngestResult(stored.Sum(app => app.Lines), lines.Unknown + stored.Sum(app => app.Unknown), read.Malformed);
        linesTaken.Add(taken.Lines);
        unknown.Add(taken.Unknown);
        malformed.Add(taken.Malformed);
        return taken;
    }

    private async Task<(int Lines, int Unknown)> StoreAsync(AppId app, List<CollectedLine> lines)
    {
        if (await grains.App(app).GetAsync() is null)
            return (0, lines.Count);
        await grains.Logs(app).AppendCollectedAsync([.. lines]);
        return (lines.Count, 0);
    }
}

/// <summary>What became of a body.</summary>
/// <param name="Lines">In their apps' logs, or known there already.</param>
/// <param name="Unknown">Dropped: of no dyno of this installation, or of an app that is gone.</param>
/// <param name="Malformed">Dropped: no records, or without a line.</param>
internal sealed record IngestResult(int Lines, int Unknown, int Malformed)
{
    /// <summary>Whether nothing was dropped.</summary>
    public bool IsWhole => Unknown + Malformed == 0;
}
