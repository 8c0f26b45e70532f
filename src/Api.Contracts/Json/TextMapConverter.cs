using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeetoDeploy.Api.Contracts.Json;

/// <summary>A map of texts whose values may arrive as numbers or booleans too: the official CLI sends <c>"COLUMNS": 80</c>.</summary>
public sealed class TextMapConverter : JsonConverter<Dictionary<string, string>>
{
    /// <inheritdoc/>
    public override Dictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException();
        return document.RootElement.EnumerateObject().ToDictionary(pair => pair.Name, pair => TextOf(pair.Value));
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Dictionary<string, string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, text) in value)
            writer.WriteString(name, text);
        writer.WriteEndObject();
    }

    private static string TextOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => throw new JsonException(),
        };
}
