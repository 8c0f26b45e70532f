using System.Diagnostics;
using System.Globalization;

namespace NeetoDeploy.Bench.Hub;

/// <summary>What all readers together got: counted in their own process, which says it on one line when its input ends.</summary>
/// <param name="Lines">How many lines, each counted once a reader.</param>
/// <param name="Median">Milliseconds from a line's making to its reading.</param>
internal sealed record Readings(long Lines, double Median, double P99, double Slowest)
{
    public const string Ready = "ready";

    /// <summary>Tenths of a millisecond, up to ten seconds.</summary>
    private const int Steps = 100_000;

    public static Readings Parse(string line)
    {
        var parts = line.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new((long)parts[0], parts[1], parts[2], parts[3]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Lines} {Median:0.0} {P99:0.0} {Slowest:0.0}");

    /// <summary>Counts delays as they come, from any thread.</summary>
    public sealed class Counter
    {
        private readonly int[] delays = new int[Steps];
        private long lines;

        /// <param name="madeAt">Microseconds since 1970.</param>
        public void Add(long madeAt)
        {
            var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
            Interlocked.Increment(ref delays[Math.Clamp((now - madeAt) / 100, 0, Steps - 1)]);
            Interlocked.Increment(ref lines);
        }

        public long Lines => Interlocked.Read(ref lines);

        public Readings Read() => new(Lines, Quantile(0.5), Quantile(0.99), Quantile(1));

        private double Quantile(double share)
        {
            var (wanted, seen) = ((long)Math.Ceiling(Lines * share), 0L);
            for (var step = 0; step < Steps; step++)
            {
                seen += delays[step];
                if (seen >= wanted && seen > 0)
                    return (step + 1) / 10.0;
            }
            return 0;
        }
    }
}
