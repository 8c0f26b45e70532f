using System.Globalization;

namespace NeetoDeploy.LogRelay.Ingest;

/// <summary>Times of records, to the nanosecond, since 1970 (UTC).</summary>
internal static class RecordTime
{
    private const long Second = 1_000_000_000;
    private const int Digits = 9;
    private const int MostCharacters = 64;

    /// <summary>The year 5000, in seconds; as milliseconds it is 1973.</summary>
    private const double LatestSeconds = 95_617_584_000;

    /// <summary>Seconds that <see cref="DateTimeOffset"/> has and 64 bits of nanoseconds too: until the year 2262.</summary>
    private const long MostSeconds = 9_223_372_036 - 1;

    /// <summary>Reads RFC 3339 with any fraction, such as <c>2026-11-23T06:10:53.125944123Z</c>; null for anything else.</summary>
    public static long? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length > MostCharacters)
            return null;
        var dot = text.IndexOf('.');
        var fraction = dot < 0 ? [] : text[(dot + 1)..];
        var digits = fraction.IndexOfAnyExceptInRange('0', '9');
        if (digits < 0)
            digits = fraction.Length;
        Span<char> whole = stackalloc char[MostCharacters];
        var length = text.Length;
        if (dot >= 0)
        {
            text[..dot].CopyTo(whole);
            fraction[digits..].CopyTo(whole[dot..]);
            length = dot + fraction.Length - digits;
        }
        else
            text.CopyTo(whole);
        var read = DateTimeOffset.TryParse(
            whole[..length],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        );
        return read ? Of(time.ToUnixTimeSeconds(), FractionOf(fraction[..digits])) : null;
    }

    /// <summary>Of seconds, or of milliseconds when they are too many for seconds; null for what is no time.</summary>
    public static long? Of(double value)
    {
        var seconds = Math.Abs(value) > LatestSeconds ? value / 1000 : value;
        return double.IsFinite(seconds) && Math.Abs(seconds) < MostSeconds ? (long)(seconds * 1e6) * 1000 : null;
    }

    /// <summary>Of seconds and nanoseconds; null when they do not fit.</summary>
    public static long? Of(long seconds, long nanoseconds) =>
        seconds is > -MostSeconds and < MostSeconds && nanoseconds is >= 0 and < Second ? seconds * Second + nanoseconds : null;

    public static DateTimeOffset ToTime(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);

    private static long FractionOf(ReadOnlySpan<char> digits)
    {
        var value = 0L;
        for (var i = 0; i < Digits; i++)
            value = value * 10 + (i < digits.Length ? digits[i] - '0' : 0);
        return value;
    }
}
