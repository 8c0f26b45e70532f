using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeetoDeploy.Grains.Storage;

/// <summary>
/// The root of every grain's stored record. Members are only ever added. What a newer version wrote and this one does not know
/// survives being rewritten by this one.
/// </summary>
public abstract record StoredState
{
    /// <summary>Grows when a record needs an upgrade on reading.</summary>
    public int SchemaVersion { get; init; } = 1;

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}
