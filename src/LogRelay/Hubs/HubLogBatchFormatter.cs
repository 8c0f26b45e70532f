using System.Buffers;
using MessagePack;
using MessagePack.Formatters;

namespace NeetoDeploy.LogRelay.Hubs;

/// <summary>Writes a batch as it has been packed for all its readers.</summary>
internal sealed class HubLogBatchFormatter : IMessagePackFormatter<HubLogBatch?>
{
    private const int Members = 2;

    private static readonly MessagePackSerializerOptions Plain = MessagePackSerializerOptions.Standard;

    public static byte[] Pack(HubLogBatch batch)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(bytes);
        writer.WriteArrayHeader(Members);
        MessagePackSerializer.Serialize(ref writer, batch.Gap, Plain);
        MessagePackSerializer.Serialize(ref writer, batch.Lines, Plain);
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    public void Serialize(ref MessagePackWriter writer, HubLogBatch? value, MessagePackSerializerOptions options)
    {
        if (value is null)
            writer.WriteNil();
        else
            writer.WriteRaw(value.Packed);
    }

    public HubLogBatch? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (reader.TryReadNil())
            return null;
        if (reader.ReadArrayHeader() is not Members and var members)
            throw new MessagePackSerializationException($"A batch has {Members} members, and not {members}.");
        return new(
            MessagePackSerializer.Deserialize<HubLogGap?>(ref reader, options),
            MessagePackSerializer.Deserialize<IReadOnlyList<HubLogLine>>(ref reader, options)
        );
    }
}
