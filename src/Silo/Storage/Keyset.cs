using System.Globalization;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Silo.Storage;

/// <summary>A page's bounds and order as SQL. The column is chosen by code, the values are parameters.</summary>
internal sealed class Keyset(PageRange range, string column)
{
    public string? From { get; private init; } = range.From;

    public string? To { get; private init; } = range.To;

    public int Max { get; } = Math.Clamp(range.Max, 1, 1000);

    public string Sql
    {
        get
        {
            var (after, before, order) = range.Descending ? ("<", ">", "DESC") : (">", "<", "ASC");
            var from = From is null ? "" : $" AND {column} {after}{(range.FromIsExclusive ? "" : "=")} @from";
            var to = To is null ? "" : $" AND {column} {before}= @to";
            return $"{from}{to} ORDER BY {column} {order}, id {order} LIMIT @max";
        }
    }

    /// <exception cref="ArgumentException">A bound is not a time.</exception>
    public static Keyset OfTime(PageRange range, string column) =>
        new(range, column) { From = Normalized(range.From), To = Normalized(range.To) };

    /// <summary>A time as text that sorts as it does.</summary>
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static string? Normalized(string? bound)
    {
        if (bound is null)
            return null;
        return DateTimeOffset.TryParse(bound, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Text(time)
            : throw new ArgumentException($"'{bound}' is not a time.", nameof(bound));
    }
}
