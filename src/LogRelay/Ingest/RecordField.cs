using System.Text;
using NeetoDeploy.Core.Dynos;

namespace NeetoDeploy.LogRelay.Ingest;

/// <summary>
/// What is read of a record: the keys that Fluent Bit's <c>cri</c> and <c>docker</c> parsers make, and its kubernetes filter
/// (<c>plugins/filter_kubernetes</c> of github.com/fluent/fluent-bit).
/// </summary>
internal enum RecordField
{
    None,
    Record,
    Kubernetes,
    Labels,
    Text,
    WrittenAt,
    BroughtAt,
    PartialMark,
    Stream,
    Container,
    Pod,
    Installation,
    App,
    Dyno,
}

internal static class RecordFields
{
    private static readonly byte[] Installation = Encoding.UTF8.GetBytes(DynoLabels.Installation);
    private static readonly byte[] App = Encoding.UTF8.GetBytes(DynoLabels.App);
    private static readonly byte[] Dyno = Encoding.UTF8.GetBytes(DynoLabels.Dyno);

    /// <summary>The field of a key of the map that <paramref name="parent"/> is.</summary>
    public static RecordField Of(RecordField parent, ReadOnlySpan<byte> key) =>
        parent switch
        {
            RecordField.Record => OfRecord(key),
            RecordField.Kubernetes when key.SequenceEqual("labels"u8) => RecordField.Labels,
            RecordField.Kubernetes when key.SequenceEqual("docker_id"u8) => RecordField.Container,
            RecordField.Kubernetes when key.SequenceEqual("pod_id"u8) => RecordField.Pod,
            RecordField.Labels when key.SequenceEqual(Installation) => RecordField.Installation,
            RecordField.Labels when key.SequenceEqual(App) => RecordField.App,
            RecordField.Labels when key.SequenceEqual(Dyno) => RecordField.Dyno,
            _ => RecordField.None,
        };

    /// <summary>Whether the field is a map in which there are fields.</summary>
    public static bool IsMap(this RecordField field) => field is RecordField.Record or RecordField.Kubernetes or RecordField.Labels;

    private static RecordField OfRecord(ReadOnlySpan<byte> key) =>
        key.SequenceEqual("log"u8) ? RecordField.Text
        : key.SequenceEqual("time"u8) ? RecordField.WrittenAt
        : key.SequenceEqual("_p"u8) ? RecordField.PartialMark
        : key.SequenceEqual("stream"u8) ? RecordField.Stream
        : key.SequenceEqual("kubernetes"u8) ? RecordField.Kubernetes
        : key.SequenceEqual("date"u8) || key.SequenceEqual("ts"u8) ? RecordField.BroughtAt
        : RecordField.None;
}
