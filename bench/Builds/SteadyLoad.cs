using System.Diagnostics;
using System.Globalization;
using NeetoDeploy.Bench.Installations;

namespace NeetoDeploy.Bench.Builds;

/// <summary>
/// Requests to an app at a steady rate, sent by <see cref="SteadyClient"/>: a process that goes before others on the processors, because clients have machines of
/// their own.
/// </summary>
internal sealed class SteadyLoad(int port, string host)
{
    private static readonly string Urgent = Path.Combine(Checkout.Root, "src", "Supervisor", "urgent");

    /// <summary>Times in milliseconds.</summary>
    public sealed record Times(double Median, double P99, int Count);

    /// <summary>Measures for as long as something takes.</summary>
    public async Task<Times> MeasureAsync(Func<Task> meanwhile, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("setsid", [Urgent, .. Checkout.Bench, SteadyClient.Command, Text(port), host])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        Task<string> output;
        try
        {
            if (await process.StandardOutput.ReadLineAsync(cancel) != SteadyClient.Ready)
                throw new InvalidOperationException("The load generator did not begin.");
            output = process.StandardOutput.ReadToEndAsync(cancel);
            await meanwhile();
        }
        finally
        {
            process.StandardInput.Close();
        }
        double[] times =
        [
            .. (await output)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => double.Parse(line, CultureInfo.InvariantCulture))
                .Order(),
        ];
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The load generator ended with {process.ExitCode}.");
        return new(times[times.Length / 2], times[times.Length * 99 / 100], times.Length);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
