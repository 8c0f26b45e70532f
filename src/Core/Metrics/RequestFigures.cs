using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace NeetoDeploy.Core.Metrics;

/// <summary>An app's requests of some time.</summary>
/// <param name="Statuses">Five counts: answers with a status of 1xx, 2xx, 3xx, 4xx and 5xx.</param>
/// <param name="Times">From the router's taking a request to the answer's end, of those that a dyno answered; WebSockets are not among them.</param>
[GenerateSerializer, Immutable, Alias("neeto.RequestFigures")]
public sealed record RequestFigures([property: Id(0)] ImmutableArray<long> Statuses, [property: Id(1)] TimeHistogram Times)
{
    public static readonly RequestFigures None = new([0, 0, 0, 0, 0], TimeHistogram.Empty);

    [JsonIgnore]
    public long Total => Statuses.Sum();

    /// <summary>Whether somebody can have counted this in one minute.</summary>
    [JsonIgnore]
    public bool IsSound => Statuses is { IsDefault: false, Length: 5 } && Statuses.All(TimeHistogram.IsCount) && Times is { IsSound: true };

    public RequestFigures Add(RequestFigures other) =>
        new([.. Statuses.Zip(other.Statuses, (mine, theirs) => mine + theirs)], Times.Add(other.Times));
}

/// <summary>What a router counted of an app in a minute, or in a part of it.</summary>
/// <param name="Start">The minute's.</param>
[GenerateSerializer, Immutable, Alias("neeto.RoutedFigures")]
public sealed record RoutedFigures(
    [property: Id(0)] Apps.AppId App,
    [property: Id(1)] DateTimeOffset Start,
    [property: Id(2)] RequestFigures Requests
);

/// <summary>What a router counted since it told last (<c>POST /internal/metrics</c>).</summary>
/// <param name="Id">The same each time that it is told.</param>
[GenerateSerializer, Immutable, Alias("neeto.RoutedReport")]
public sealed record RoutedReport([property: Id(0)] Guid Id, [property: Id(1)] ImmutableArray<RoutedFigures> Figures)
{
    /// <summary>More are not taken at once.</summary>
    public const int MostFigures = 20_000;

    /// <summary>Whether a router can have counted this.</summary>
    [JsonIgnore]
    public bool IsSound => Figures is { IsDefault: false, Length: <= MostFigures } && Figures.All(one => one is { Requests.IsSound: true });
}
