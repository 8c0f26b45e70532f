using System.Globalization;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Api.Ranges;

/// <summary>
/// The Platform API's Range header: <c>id ]from..to; max=200, order=desc</c>. Everything but the field may be left out; <c>]</c> leaves
/// the first value out. It has nothing in common with byte ranges.
/// </summary>
public static class RangeHeader
{
    public const int DefaultMax = 200;
    public const int LargestMax = 1000;

    /// <summary>Reads a header; null or blank asks for the first page by the first field.</summary>
    /// <returns>False when it is malformed or names a field that the list is not ordered by.</returns>
    public static bool TryParse(string? header, IReadOnlyList<string> fields, out PageRange range)
    {
        range = new(fields[0], null, false, null, DefaultMax, false);
        if (string.IsNullOrWhiteSpace(header))
            return true;
        var parts = header.Split(';', 2);
        return TryParseSpan(parts[0].Trim(), fields, ref range) && (parts.Length == 1 || TryParseOptions(parts[1], ref range));
    }

    /// <summary>What asks for the rows after the last one of a page.</summary>
    public static string Next(PageRange range, string last)
    {
        var order = range.Descending ? ", order=desc" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{range.Field} ]{last}..{range.To}; max={range.Max}{order}");
    }

    private static bool TryParseSpan(string text, IReadOnlyList<string> fields, ref PageRange range)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var field = space < 0 ? text : text[..space];
        if (!fields.Contains(field))
            return false;
        range = range with { Field = field };
        return space < 0 || TryParseBounds(text[(space + 1)..].Trim(), ref range);
    }

    private static bool TryParseBounds(string text, ref PageRange range)
    {
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0)
            return false;
        var from = text[..dots];
        var isExclusive = from.StartsWith(']');
        if (isExclusive || from.StartsWith('['))
            from = from[1..];
        var to = text[(dots + 2)..].TrimEnd(']');
        range = range with { From = NullWhenEmpty(from), FromIsExclusive = isExclusive && from.Length > 0, To = NullWhenEmpty(to) };
        return true;
    }

    private static bool TryParseOptions(string text, ref PageRange range)
    {
        foreach (var option in text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (isKnown, next) = option.Split('=', 2, StringSplitOptions.TrimEntries) switch
            {
                ["max", var max] => (TryParseMax(max, out var rows), range with { Max = rows }),
                ["order", "asc"] => (true, range with { Descending = false }),
                ["order", "desc"] => (true, range with { Descending = true }),
                _ => (false, range),
            };
            if (!isKnown)
                return false;
            range = next;
        }

        return true;
    }

    private static bool TryParseMax(string text, out int max)
    {
        var ok = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out max) && max > 0;
        max = Math.Min(max, LargestMax);
        return ok;
    }

    private static string? NullWhenEmpty(string text) => text.Length == 0 ? null : text;
}
