using System.Text.Json;

namespace NeetoDeploy.Builder.Layers;

/// <summary>Remembers which blob each layer of an app became, so that one whose files are untouched is never read again.</summary>
internal sealed class LayerIndex(Dictionary<string, LayerIndex.Entry> entries)
{
    internal sealed record Entry(string Fingerprint, LayerBlob Blob);

    public static LayerIndex Load(string file)
    {
        try
        {
            return new(JsonSerializer.Deserialize<Dictionary<string, Entry>>(File.ReadAllBytes(file)) ?? []);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return new([]);
        }
    }

    public LayerBlob? Find(string layer, string fingerprint) =>
        entries.TryGetValue(layer, out var entry) && entry.Fingerprint == fingerprint ? entry.Blob : null;

    public static void Save(string file, IReadOnlyDictionary<string, Entry> entries) =>
        File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(entries));
}
