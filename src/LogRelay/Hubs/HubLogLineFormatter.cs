using MessagePack;
using MessagePack.Formatters;

namespace NeetoDeploy.LogRelay.Hubs;

/// <summary>Writes a line as it has been packed for all its readers.</summary>
internal sealed class HubLogLineFormatter : IMessagePackFormatter<HubLogLine?>
{
    public void Serialize(ref MessagePackWriter writer, HubLogLine? value, MessagePackSerializerOptions options)
    {
        if (value is null)
            writer.WriteNil();
        else
            writer.WriteRaw(value.Packed);
    }

    public HubLogLine? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (reader.TryReadNil())
            return null;
        if (reader.ReadArrayHeader() is not 5 and var members)
            throw new MessagePackSerializationException($"A line has 5 members, and not {members}.");
        return new(reader.ReadInt64(), reader.ReadInt64(), reader.ReadString()!, reader.ReadString()!, reader.ReadString()!);
    }
}
