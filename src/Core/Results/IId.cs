using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeetoDeploy.Core.Results;

/// <summary>A typed id or name with exactly one text form: <c>ToString</c> gives it, <c>Parse</c> reads it.</summary>
public interface IId<TSelf> : IParsable<TSelf>
    where TSelf : IId<TSelf>;

/// <summary>Writes an id as its bare text, as a value and as a dictionary key.</summary>
public sealed class IdJsonConverter<T> : JsonConverter<T>
    where T : IId<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.Parse(reader.GetString() ?? throw new JsonException($"null is not a {typeToConvert.Name}"), null);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    /// <inheritdoc/>
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.Parse(reader.GetString()!, null);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString()!);
}
