using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeetoDeploy.Api.Contracts.Json;

/// <summary>A quantity arrives as a number, or as text that may be relative: <c>2</c>, <c>"2"</c>, <c>"+1"</c>.</summary>
public sealed class QuantityConverter : JsonConverter<string?>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? reader.GetInt32().ToString(CultureInfo.InvariantCulture) : reader.GetString();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
