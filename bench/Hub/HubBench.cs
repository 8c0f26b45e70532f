using System.Diagnostics;
using System.Globalization;
using NeetoDeploy.Bench.Installations;
using NeetoDeploy.Bench.Router;

namespace NeetoDeploy.Bench.Hub;

/// <summary>
/// Lines from <c>POST /ingest</c> through the app's grain and the hub to many readers, against nginx with nchan, which gets and sends a message a line and stores
/// nothing: delays and processor time at a usual rate, and the greatest rate at which nothing is lost nor late.
/// </summary>
internal static class HubBench
{
    private const int Count = 100;
    private const int UsualRate = 2_000;
    private const double Growth = 1.5;

    /// <summary>What one app may write for long; more takes more apps.</summary>
    private const int MostOfAnApp = 2_000;

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Trial = TimeSpan.FromSeconds(6);

    private sealed record Result(Readings Got, long Sent, double Processor)
    {
        public bool IsWhole => Got.Lines == Sent * Count && Got.P99 < 1_000;

        public double MicrosecondsALine => Processor * 1e6 / Got.Lines;
    }

    public static async Task<int> RunAsync(CancellationToken cancel)
    {
        await using var installation = await RunningInstallation.StartAsync(Checkout.Root, cancel);
        await using var nchan = await NchanServer.StartAsync(cancel);
        var apps = new Dictionary<string, Guid>();

        var ours = await MeasureAsync("hub", OursAsync);
        var theirs = await MeasureAsync("nchan", TheirsAsync);
        Say(
            $"hub / nchan: {ours.Usual.MicrosecondsALine / theirs.Usual.MicrosecondsALine:0.00} x the processor time a line (goal 1), {ours.Greatest / theirs.Greatest:0.00} x the greatest rate (goal 1.5)"
        );
        return 0;

        async Task<(Result Usual, double Greatest)> MeasureAsync(string name, Func<int, TimeSpan, Task<Result>> run)
        {
            await run(UsualRate, Trial);
            var usual = await run(UsualRate, Usual);
            Say(
                $"{name}, {Count} readers, {UsualRate} lines/s: {usual.Sent * Count - usual.Got.Lines} of {usual.Sent * Count} lost; median {usual.Got.Median:0.0} ms, p99 {usual.Got.P99:0.0} ms (goal 50), slowest {usual.Got.Slowest:0.0} ms; {usual.MicrosecondsALine:0.00} µs of a processor a line and reader"
            );
            var greatest = 0.0;
            for (double rate = UsualRate; ; rate *= Growth)
            {
                var trial = await run((int)rate, Trial);
                Say(
                    $"{name}, {(int)rate} lines/s: {(trial.IsWhole ? "whole" : "not whole")}, p99 {trial.Got.P99:0.0} ms, {trial.Sent * Count - trial.Got.Lines} of {trial.Sent * Count} lost"
                );
                if (!trial.IsWhole)
                    break;
                greatest = Math.Max(greatest, trial.Sent / Trial.TotalSeconds);
                // What is sent waits until what was sent before has been taken: more than this does not get in.
                if (trial.Sent < rate * Trial.TotalSeconds * 0.9)
                    break;
            }
            Say($"{name}: {greatest:0} lines/s at most");
            return (usual, greatest);
        }

        async Task<Result> OursAsync(int rate, TimeSpan time)
        {
            var names = Enumerable.Range(0, (rate + MostOfAnApp - 1) / MostOfAnApp).Select(i => $"bench-hub-{i}").ToArray();
            foreach (var name in names.Except(apps.Keys).ToList())
                apps[name] = await installation.CreateAppAsync(name, cancel);
            using var sink = new IngestSink(installation, [.. names.Select(name => apps[name])]);
            return await RunTrialAsync(
                [Readers.OfHub, $"ws://127.0.0.1:{installation.ApiPort}/hubs/logs", Text(Count), .. names],
                sink,
                rate,
                time,
                () => installation.ProcessorSecondsOf("silo")
            );
        }

        async Task<Result> TheirsAsync(int rate, TimeSpan time)
        {
            string[] channels = [.. Enumerable.Range(0, (rate + MostOfAnApp - 1) / MostOfAnApp).Select(i => $"c{i}")];
            using var sink = await NchanSink.OpenAsync(nchan, channels, cancel);
            return await RunTrialAsync(
                [Readers.OfNchan, nchan.Subscriptions, Text(Count), .. channels],
                sink,
                rate,
                time,
                () => nchan.ProcessorSeconds
            );
        }

        async Task<Result> RunTrialAsync(string[] readers, ILineSink sink, int rate, TimeSpan time, Func<double> processor)
        {
            string[] program = [.. Checkout.Bench, Readers.Command, .. readers];
            var start = new ProcessStartInfo(program[0], program[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true };
            start.Environment[Readers.Token] = installation.Token;
            using var process = Process.Start(start)!;
            try
            {
                if (await process.StandardOutput.ReadLineAsync(cancel) != Readings.Ready)
                    throw new InvalidOperationException("The readers did not begin.");
                var before = processor();
                var sent = await SteadyLines.SendAsync(sink, rate, time, cancel);
                await process.StandardInput.WriteLineAsync(Text(sent).AsMemory(), cancel);
                var got = Readings.Parse(
                    await process.StandardOutput.ReadLineAsync(cancel) ?? throw new InvalidOperationException("The readers failed.")
                );
                return new Result(got, sent, processor() - before);
            }
            finally
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
