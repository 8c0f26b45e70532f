using System.Collections.Immutable;

namespace NeetoDeploy.Core.Metrics;

/// <summary>An app in a span of time.</summary>
/// <param name="Start">The span's begin.</param>
/// <param name="Dynos">By name, such as <c>web.1</c>.</param>
[GenerateSerializer, Immutable, Alias("neeto.AppFigures")]
public sealed record AppFigures(
    [property: Id(0)] DateTimeOffset Start,
    [property: Id(1)] RequestFigures Requests,
    [property: Id(2)] ImmutableSortedDictionary<string, DynoFigures> Dynos
)
{
    public static AppFigures None(DateTimeOffset start) =>
        new(start, RequestFigures.None, ImmutableSortedDictionary<string, DynoFigures>.Empty);

    public AppFigures Add(AppFigures other)
    {
        var dynos = Dynos.ToBuilder();
        foreach (var (name, figures) in other.Dynos)
            dynos[name] = dynos.TryGetValue(name, out var before) ? before.Add(figures) : figures;
        return this with { Requests = Requests.Add(other.Requests), Dynos = dynos.ToImmutable() };
    }

    /// <summary>The begin of the span of this width that a time lies in.</summary>
    public static DateTimeOffset StartOf(DateTimeOffset time, TimeSpan width) =>
        new(time.UtcTicks / width.Ticks * width.Ticks, TimeSpan.Zero);

    /// <summary>The spans from a time on, one after the other and each there, made of narrower ones.</summary>
    public static ImmutableArray<AppFigures> Series(IEnumerable<AppFigures> narrower, DateTimeOffset from, TimeSpan width, int count)
    {
        var first = StartOf(from, width);
        var spans = Enumerable.Range(0, count).Select(i => None(first + i * width)).ToArray();
        foreach (var one in narrower)
        {
            var at = (one.Start - first).Ticks / width.Ticks;
            if (one.Start >= first && at < count)
                spans[at] = spans[at].Add(one);
        }
        return [.. spans];
    }
}
