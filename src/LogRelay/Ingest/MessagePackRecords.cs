using System.Buffers;
using System.Text;
using MessagePack;

namespace NeetoDeploy.LogRelay.Ingest;

/// <summary>
/// Reads the format <c>msgpack</c> of Fluent Bit's http output: its events one after the other, each <c>[[time, metadata], record]</c>, or <c>[time, record]</c>
/// as before version 2.1 (<c>src/flb_log_event_decoder.c</c> of github.com/fluent/fluent-bit); a record alone is taken as well. The time is seconds, or an
/// extension of type 0 with seconds and nanoseconds, four bytes each, big-endian.
/// </summary>
internal static class MessagePackRecords
{
    private const sbyte EventTime = 0;
    private const int EventTimeBytes = 8;

    public static void Read(ReadOnlyMemory<byte> body, ReadRecords into)
    {
        var reader = new MessagePackReader(body);
        try
        {
            while (!reader.End)
                ReadEvent(ref reader, into);
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException or OverflowException or ArgumentException)
        {
            // The last of these: the reader's answer to lengths above 2 GB.
            into.AddMalformed();
        }
    }

    private static void ReadEvent(ref MessagePackReader reader, ReadRecords into)
    {
        var record = new CollectedRecord();
        if (reader.NextMessagePackType == MessagePackType.Map)
            ReadFields(ref reader, RecordField.Record, record);
        else if (reader.NextMessagePackType == MessagePackType.Array)
            ReadTimed(ref reader, record);
        else
            Skip(ref reader, 1);
        into.Add(record);
    }

    private static void ReadTimed(ref MessagePackReader reader, CollectedRecord record)
    {
        var parts = reader.ReadArrayHeader();
        if (parts >= 2)
        {
            record.SetBroughtAt(ReadTime(ref reader));
            if (reader.NextMessagePackType == MessagePackType.Map)
                ReadFields(ref reader, RecordField.Record, record);
            else
                Skip(ref reader, 1);
            parts -= 2;
        }
        Skip(ref reader, parts);
    }

    private static long? ReadTime(ref MessagePackReader reader)
    {
        if (reader.NextMessagePackType != MessagePackType.Array)
            return ReadBareTime(ref reader);
        var parts = reader.ReadArrayHeader();
        var time = parts > 0 ? ReadBareTime(ref reader) : null;
        Skip(ref reader, parts - 1);
        return time;
    }

    private static long? ReadBareTime(ref MessagePackReader reader)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Integer:
                return RecordTime.Of(reader.ReadInt64(), 0);
            case MessagePackType.Float:
                return RecordTime.Of(reader.ReadDouble());
            case MessagePackType.Extension:
                var header = reader.ReadExtensionFormatHeader();
                var bytes = reader.ReadRaw(header.Length);
                return header is { TypeCode: EventTime, Length: EventTimeBytes } ? EventTimeOf(bytes) : null;
            default:
                Skip(ref reader, 1);
                return null;
        }
    }

    private static long? EventTimeOf(ReadOnlySequence<byte> bytes)
    {
        var parts = new SequenceReader<byte>(bytes);
        return parts.TryReadBigEndian(out int seconds) && parts.TryReadBigEndian(out int nanoseconds)
            ? RecordTime.Of((uint)seconds, (uint)nanoseconds)
            : null;
    }

    private static void ReadFields(ref MessagePackReader reader, RecordField map, CollectedRecord record)
    {
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            var field =
                reader.NextMessagePackType == MessagePackType.String ? RecordFields.Of(map, ReadKey(ref reader)) : SkipKey(ref reader);
            if (reader.NextMessagePackType == MessagePackType.Map && field.IsMap())
                ReadFields(ref reader, field, record);
            else if (field != RecordField.None && reader.NextMessagePackType is MessagePackType.String or MessagePackType.Binary)
                record.Set(field, ReadText(ref reader));
            else
                Skip(ref reader, 1);
        }
    }

    private static ReadOnlySpan<byte> ReadKey(ref MessagePackReader reader) =>
        reader.ReadStringSequence() is { } key
            ? key.IsSingleSegment
                ? key.FirstSpan
                : key.ToArray()
            : [];

    private static RecordField SkipKey(ref MessagePackReader reader)
    {
        Skip(ref reader, 1);
        return RecordField.None;
    }

    private static string ReadText(ref MessagePackReader reader)
    {
        var bytes = reader.NextMessagePackType == MessagePackType.Binary ? reader.ReadBytes() : reader.ReadStringSequence();
        return Encoding.UTF8.GetString(bytes ?? default);
    }

    /// <summary>The reader's own way over nested values goes as deep as they do, and whoever writes logs may nest as deep as they like.</summary>
    private static void Skip(ref MessagePackReader reader, long values)
    {
        for (; values > 0; values--)
        {
            switch (reader.NextMessagePackType)
            {
                case MessagePackType.Array:
                    values += reader.ReadArrayHeader();
                    break;
                case MessagePackType.Map:
                    values += 2L * reader.ReadMapHeader();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }
}
