using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.LogRelay.Ingest;

/// <summary>The lines of one body by their apps: partial ones joined, each with the id that it has whenever the body is brought again.</summary>
/// <param name="installation">Whose dynos' lines are wanted.</param>
/// <param name="now">The time of records that have none.</param>
internal sealed class CollectedLines(string installation, DateTimeOffset now)
{
    private readonly Dictionary<AppId, List<CollectedLine>> apps = [];
    private readonly Dictionary<(string Container, string? Stream), Beginning> begun = [];
    private readonly Dictionary<(ulong Container, long Nanoseconds), int> positions = [];

    private sealed record Beginning(AppId App, CollectedLineId Id, LogEntry Entry, StringBuilder Text);

    /// <summary>Records of no dyno of this installation.</summary>
    public int Unknown { get; private set; }

    /// <summary>Takes all records of a body, in their order.</summary>
    public IReadOnlyDictionary<AppId, List<CollectedLine>> Take(IEnumerable<CollectedRecord> records)
    {
        foreach (var record in records)
            Take(record);
        // The rest of these comes with the next body, as lines of their own: what is here must be stored before it is acknowledged.
        foreach (var beginning in begun.Values)
            Complete(beginning);
        begun.Clear();
        return apps;
    }

    private void Take(CollectedRecord record)
    {
        if (!IsOurs(record) || !AppId.TryParse(record.App, null, out var app) || !DynoName.TryParse(record.Dyno, null, out var dyno))
        {
            Unknown++;
            return;
        }
        var container = record.Container ?? $"{app}/{dyno}";
        var place = (container, record.Stream);
        if (!begun.Remove(place, out var line))
        {
            var id = IdOf(container, record.Nanoseconds);
            var entry = new LogEntry(RecordTime.ToTime(id.Nanoseconds), LogEntry.App, dyno.ToString(), record.Text!);
            line = new Beginning(app, id, entry, new StringBuilder());
        }
        line.Text.Append(record.Text);
        if (record.IsPartial)
            begun[place] = line;
        else
            Complete(line);
    }

    private bool IsOurs(CollectedRecord record) => record.Installation == installation;

    private void Complete(Beginning line)
    {
        if (!apps.TryGetValue(line.App, out var lines))
            apps[line.App] = lines = [];
        lines.Add(new CollectedLine(line.Id, line.Entry with { Text = line.Text.ToString() }));
    }

    private CollectedLineId IdOf(string container, long? nanoseconds)
    {
        var (key, at) = (KeyOf(container), nanoseconds ?? (now - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
        var position = positions.GetValueOrDefault((key, at));
        positions[(key, at)] = position + 1;
        return new CollectedLineId(key, at, position);
    }

    /// <summary>Ids of containers are random hexadecimal digits, of which 64 bits are enough in one app.</summary>
    private static ulong KeyOf(string container) =>
        container.Length >= 16 && ulong.TryParse(container.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, null, out var key)
            ? key
            : BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(container)));
}
