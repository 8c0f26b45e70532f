using System.Collections.Immutable;
using System.Text.Json;
using NeetoDeploy.Builder.Layers;

namespace NeetoDeploy.Builder.Images;

/// <summary>
/// Remembers which large layers the registry has, whichever app made them: the same runtime is packed and uploaded once. An app is given one only for content
/// that it has itself, byte for byte, so nothing of another app's reaches it.
/// </summary>
internal sealed class SharedLayers(string file)
{
    /// <summary>Below, packing costs less than asking.</summary>
    private const long LeastBytes = 1 << 20;

    private const int MostLayers = 256;

    private readonly Lock gate = new();
    private ImmutableList<Entry>? entries;

    /// <param name="Length">Of the plain tar, in bytes.</param>
    /// <param name="Repository">One that has it.</param>
    private sealed record Entry(long Length, LayerBlob Blob, string Repository);

    /// <summary>Layers whose plain tar is as long, newest first.</summary>
    public IReadOnlyList<(LayerBlob Blob, string Repository)> OfLength(long length) =>
        [.. Entries().Where(e => e.Length == length).Select(e => (e.Blob, e.Repository))];

    public void Add(long length, LayerBlob blob, string repository)
    {
        if (length < LeastBytes)
            return;
        lock (gate)
        {
            entries =
            [
                new Entry(length, blob, repository),
                .. Entries().Where(e => e.Blob != blob || e.Repository != repository).Take(MostLayers - 1),
            ];
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(entries));
        }
    }

    private ImmutableList<Entry> Entries()
    {
        lock (gate)
            return entries ??= Load();
    }

    private ImmutableList<Entry> Load()
    {
        try
        {
            return JsonSerializer.Deserialize<ImmutableList<Entry>>(File.ReadAllBytes(file)) ?? [];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return [];
        }
    }
}
