using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Storage;

namespace NeetoDeploy.Grains.Storage;

/// <summary>
/// Stores grain states as plain JSON without type names, so that a class can be renamed or moved, and an operator can read a row.
/// </summary>
public sealed class StateSerializer : IGrainStorageSerializer
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IncludeFields = true, // tuples
        Converters = { new JsonStringEnumConverter() },
    };

    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, Options));

    public T? Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input, Options);
}
