using System.Collections.Immutable;

namespace NeetoDeploy.Grains.Interfaces;

/// <summary>A part of a list, by keyset: rows whose <paramref name="Field"/> lies after one value and up to another.</summary>
/// <param name="Field">What the rows are ordered by, such as <c>id</c> or <c>name</c>.</param>
/// <param name="From">First value; null: from the beginning.</param>
/// <param name="FromIsExclusive">Leave out the row that has exactly that value.</param>
/// <param name="To">Last value, included; null: to the end.</param>
/// <param name="Max">At most this many rows, 1 to 1,000.</param>
[GenerateSerializer, Immutable, Alias("neeto.PageRange")]
public sealed record PageRange(
    [property: Id(0)] string Field,
    [property: Id(1)] string? From,
    [property: Id(2)] bool FromIsExclusive,
    [property: Id(3)] string? To,
    [property: Id(4)] int Max,
    [property: Id(5)] bool Descending
)
{
    /// <summary>The newest rows, the newest of all first.</summary>
    public static PageRange Newest(int max) => new("created_at", null, false, null, max, Descending: true);
}

/// <summary>Rows, and whether more follow.</summary>
[GenerateSerializer, Immutable, Alias("neeto.Page`1")]
public sealed record Page<T>([property: Id(0)] ImmutableArray<T> Rows, [property: Id(1)] bool HasMore);
