using System.Text.Json;

namespace NeetoDeploy.LogRelay.Ingest;

/// <summary>
/// Reads the formats <c>json</c> (one array), <c>json_lines</c> and <c>json_stream</c> (objects one after the other) of Fluent Bit's http output. Records before
/// something that is no JSON are kept.
/// </summary>
internal static class JsonRecords
{
    /// <summary>An app's JSON may be nested as deep as it likes: that must not cost the records after it.</summary>
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue, AllowMultipleValues = true };

    public static void Read(ReadOnlySpan<byte> body, ReadRecords into)
    {
        var reader = new Utf8JsonReader(body, Options);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartObject)
                    into.Add(ReadRecord(ref reader));
                else if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.EndArray))
                    into.AddMalformed();
            }
        }
        catch (JsonException)
        {
            into.AddMalformed();
        }
    }

    /// <summary>A line that is no JSON takes no other with it.</summary>
    public static void ReadLines(ReadOnlySpan<byte> body, ReadRecords into)
    {
        foreach (var range in body.Split((byte)'\n'))
        {
            if (body[range].ContainsAnyExcept((byte)' ', (byte)'\r', (byte)'\t'))
                Read(body[range], into);
        }
    }

    private static CollectedRecord ReadRecord(ref Utf8JsonReader reader)
    {
        var record = new CollectedRecord();
        ReadFields(ref reader, RecordField.Record, record);
        return record;
    }

    private static void ReadFields(ref Utf8JsonReader reader, RecordField map, CollectedRecord record)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = RecordFields.Of(map, reader.ValueSpan);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject && field.IsMap())
                ReadFields(ref reader, field, record);
            else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                reader.Skip();
            else if (reader.TokenType == JsonTokenType.String && field != RecordField.None)
                record.Set(field, JsonText.Read(ref reader));
            else if (reader.TokenType == JsonTokenType.Number)
                record.Set(field, reader.GetDouble());
        }
    }
}
