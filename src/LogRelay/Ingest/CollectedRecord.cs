namespace NeetoDeploy.LogRelay.Ingest;

/// <summary>One record of a collector, as it came.</summary>
internal sealed class CollectedRecord
{
    private long? writtenAt;
    private long? broughtAt;

    /// <summary>The line; null when the record has none.</summary>
    public string? Text { get; private set; }

    /// <summary>The line goes on in the next record of its container and stream.</summary>
    public bool IsPartial { get; private set; }

    /// <summary><c>stdout</c> or <c>stderr</c>.</summary>
    public string? Stream { get; private set; }

    /// <summary>The container's id, or the pod's when that is all that is known.</summary>
    public string? Container { get; private set; }

    public string? Installation { get; private set; }

    public string? App { get; private set; }

    public string? Dyno { get; private set; }

    /// <summary>When the line was written, or else when the collector read it: nanoseconds since 1970 (UTC).</summary>
    public long? Nanoseconds => writtenAt ?? broughtAt;

    public void Set(RecordField field, string value)
    {
        switch (field)
        {
            case RecordField.Text:
                Text = value.EndsWith('\n') ? value[..^1] : value;
                break;
            case RecordField.WrittenAt:
                writtenAt = RecordTime.Parse(value);
                break;
            case RecordField.BroughtAt:
                broughtAt = RecordTime.Parse(value);
                break;
            case RecordField.PartialMark:
                IsPartial = value == "P";
                break;
            case RecordField.Stream:
                Stream = value;
                break;
            case RecordField.Container:
                Container = value;
                break;
            case RecordField.Pod:
                Container ??= value;
                break;
            case RecordField.Installation:
                Installation = value;
                break;
            case RecordField.App:
                App = value;
                break;
            case RecordField.Dyno:
                Dyno = value;
                break;
        }
    }

    /// <summary>A time as a number: seconds, or milliseconds when seconds would be beyond the year 5000.</summary>
    public void Set(RecordField field, double value)
    {
        if (field == RecordField.BroughtAt)
            SetBroughtAt(RecordTime.Of(value));
    }

    public void SetBroughtAt(long? nanoseconds) => broughtAt = nanoseconds;
}
