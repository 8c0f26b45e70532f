using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using NeetoDeploy.Bench.Installations;

namespace NeetoDeploy.Bench.Logs;

/// <summary>How many lines a processor of the control plane takes from collectors in a second, parsed, stored, and in the rings of their apps' grains.</summary>
internal static class IngestBench
{
    private const int Apps = 100;
    private const int Collectors = 2;
    private const int LinesABody = 500;
    private const double Goal = 50_000;

    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(10);

    private delegate byte[] Make(string installation, Guid app, int lines);

    public static async Task<int> RunAsync(CancellationToken cancel)
    {
        await using var installation = await RunningInstallation.StartAsync(Checkout.Root, cancel);
        var apps = new List<Guid>();
        for (var i = 0; i < Apps; i++)
            apps.Add(await installation.CreateAppAsync($"bench-ingest-{i}", cancel));
        using var http = installation.NewCollector();
        var id = installation.Id;
        await MeasureAsync("JSON lines", "application/x-ndjson", FluentBitBody.Json);
        await MeasureAsync("MessagePack", "application/msgpack", FluentBitBody.MessagePack);
        return 0;

        async Task MeasureAsync(string name, string type, Make make)
        {
            await SendAsync(Warming);
            var (before, watch) = (installation.ProcessorSecondsOf("silo"), Stopwatch.StartNew());
            var lines = await SendAsync(Time);
            var (processor, seconds) = (installation.ProcessorSecondsOf("silo") - before, watch.Elapsed.TotalSeconds);
            Console.WriteLine(
                $"ingest, {name}, {LinesABody} lines a body, {Apps} apps: {lines / processor:0} lines a second of a processor (goal {Goal:0}); {lines / seconds:0} lines/s with {Collectors} collectors, {processor / seconds:0.00} processors"
            );

            async Task<long> SendAsync(TimeSpan time) =>
                (await Task.WhenAll(Enumerable.Range(0, Collectors).Select(i => Task.Run(() => CollectAsync(i, time), cancel)))).Sum();

            async Task<long> CollectAsync(int first, TimeSpan time)
            {
                var (watch, sent) = (Stopwatch.StartNew(), 0L);
                for (var turn = first; watch.Elapsed < time; turn += Collectors)
                {
                    using var body = new ByteArrayContent(make(id, apps[turn % Apps], LinesABody))
                    {
                        Headers = { ContentType = new MediaTypeHeaderValue(type) },
                    };
                    using var answer = await http.PostAsync("/ingest", body, cancel);
                    // Anything else than this says that lines were not taken.
                    if (answer.StatusCode != HttpStatusCode.NoContent)
                        throw new InvalidOperationException($"Lines were not taken: {await answer.Content.ReadAsStringAsync(cancel)}");
                    sent += LinesABody;
                }
                return sent;
            }
        }
    }
}
