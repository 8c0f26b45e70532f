using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace NeetoDeploy.Core.Metrics;

/// <summary>
/// How often which time was seen, in steps that grow with the time: eight to each doubling. Histograms add up, whoever counted; a time that is read back is at most 4.5 %
/// wrong.
/// </summary>
/// <param name="Counts">By step. Step <c>n</c> holds times from <c>2^(n/8)</c> to <c>2^((n+1)/8)</c> ms.</param>
[GenerateSerializer, Immutable, Alias("neeto.TimeHistogram")]
public sealed record TimeHistogram([property: Id(0)] ImmutableSortedDictionary<int, long> Counts)
{
    /// <summary>A quarter of a millisecond, and whatever is shorter.</summary>
    public const int FirstStep = -16;

    /// <summary>More than two hours.</summary>
    public const int LastStep = 183;

    private const int StepsADoubling = 8;
    private const long MostInAMinute = 1_000_000_000;

    public static readonly TimeHistogram Empty = new(ImmutableSortedDictionary<int, long>.Empty);

    /// <summary>Whether it can have been counted in one minute.</summary>
    [JsonIgnore]
    public bool IsSound => Counts is not null && Counts.All(step => step.Key is >= FirstStep and <= LastStep && IsCount(step.Value));

    internal static bool IsCount(long count) => count is >= 0 and <= MostInAMinute;

    /// <summary>The step that a time belongs to.</summary>
    public static int StepOf(TimeSpan time) =>
        time <= TimeSpan.Zero
            ? FirstStep
            : Math.Clamp((int)Math.Floor(Math.Log2(time.TotalMilliseconds) * StepsADoubling), FirstStep, LastStep);

    /// <summary>The time in the middle of a step.</summary>
    public static TimeSpan TimeOf(int step) => TimeSpan.FromMilliseconds(Math.Pow(2, (step + 0.5) / StepsADoubling));

    public TimeHistogram Add(TimeHistogram other)
    {
        var sum = Counts.ToBuilder();
        foreach (var (step, count) in other.Counts)
            sum[step] = sum.GetValueOrDefault(step) + count;
        return new(sum.ToImmutable());
    }

    /// <summary>The time that this share of all times is at or below; null when none was seen.</summary>
    /// <param name="share">Above 0 and up to 1, such as 0.95.</param>
    public TimeSpan? Percentile(double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(share * Counts.Values.Sum()));
        foreach (var (step, count) in Counts)
        {
            wanted -= count;
            if (wanted <= 0)
                return TimeOf(step);
        }
        return null;
    }
}
