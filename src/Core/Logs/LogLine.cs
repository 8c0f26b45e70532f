using System.Globalization;

namespace NeetoDeploy.Core.Logs;

/// <summary>A numbered line of an app's stream. Numbers grow without gaps; a missing number is a lost line.</summary>
/// <param name="Seq">From 1 in each app's stream.</param>
/// <param name="Entry">What was written.</param>
[GenerateSerializer, Immutable, Alias("neeto.LogLine")]
public sealed record LogLine([property: Id(0)] long Seq, [property: Id(1)] LogEntry Entry)
{
    /// <summary>Heroku's text form: <c>2026-11-23T06:13:40.318000+00:00 app[web.1]: message</c>.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Entry.Time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffff}+00:00 {Entry.Source}[{Entry.Process}]: {Entry.Text}"
        );
}
