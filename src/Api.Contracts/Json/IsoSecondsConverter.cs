using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeetoDeploy.Api.Contracts.Json;

/// <summary>Times are written as the Platform API writes them: UTC, whole seconds, <c>2026-01-31T12:00:00Z</c>.</summary>
public sealed class IsoSecondsConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[20];
        value.UtcDateTime.TryFormat(text, out var length, Format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}
