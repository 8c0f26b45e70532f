using System.Collections.Immutable;

namespace NeetoDeploy.Dashboard.Metrics;

/// <summary>A line of a chart, or an area of one that stacks.</summary>
/// <param name="Tone">Number of its colour, 0 to 5.</param>
/// <param name="Values">One for each span of time; null: nothing is known.</param>
public sealed record ChartSeries(string Name, int Tone, ImmutableArray<double?> Values);

/// <summary>What a chart shows.</summary>
/// <param name="Said">How a value is said, with its unit.</param>
/// <param name="Stacks">Each series begins where the one before ends.</param>
public sealed record Chart(string Title, ImmutableArray<ChartSeries> Series, Func<double, string> Said, bool Stacks)
{
    /// <summary>Whether there is anything to see.</summary>
    public bool IsEmpty => Series.All(series => series.Values.All(value => value is null));
}

/// <summary>A release on the axis of time.</summary>
/// <param name="Position">Where, from 0 to 1.</param>
public sealed record ChartMark(string Word, double Position)
{
    /// <summary>How much of the axis a word takes on a narrow page.</summary>
    public const double Room = 0.16;

    /// <summary>What is written at marks: those that are too near to each other share a word, such as <c>v3–v5</c>.</summary>
    public static IEnumerable<(string Word, double Position)> Words(IEnumerable<ChartMark> marks)
    {
        var group = new List<ChartMark>();
        foreach (var mark in marks.OrderBy(mark => mark.Position))
        {
            // Near the right edge a word ends at its mark.
            var begin = mark.Position > 1 - Room ? mark.Position - Room : mark.Position;
            if (group.Count > 0 && begin >= group[0].Position + Room)
            {
                yield return Shared(group);
                group.Clear();
            }
            group.Add(mark);
        }
        if (group.Count > 0)
            yield return Shared(group);
    }

    private static (string, double) Shared(List<ChartMark> group) =>
        (
            group.Count == 1 ? group[0].Word : $"{group[0].Word}–{group[^1].Word}",
            group[^1].Position > 1 - Room ? group[^1].Position : group[0].Position
        );
}
