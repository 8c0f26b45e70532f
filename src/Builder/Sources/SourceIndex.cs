using System.Text.Json;
using NeetoDeploy.Builder.Posix;

namespace NeetoDeploy.Builder.Sources;

/// <summary>
/// What the app folder held right after unpacking. It tells the next build which files are the same, and the exporter which files no
/// buildpack has touched, so that their content need not be read again.
/// </summary>
internal sealed record SourceIndex(IReadOnlyDictionary<string, SourceIndex.Entry> Files)
{
    public static readonly SourceIndex Empty = new(new Dictionary<string, Entry>());

    internal sealed record Entry(string Sha256, long Size, long Modified, ulong Inode, long Changed);

    /// <summary>The content's hash when the file is still the one that was unpacked; else null.</summary>
    public string? ContentOf(string path, FileStatus status) =>
        Files.TryGetValue(path, out var entry)
        && entry.Inode == status.Inode
        && entry.Changed == status.ChangedNanoseconds
        && entry.Size == status.Size
            ? entry.Sha256
            : null;

    public static SourceIndex Load(string file)
    {
        try
        {
            return new(JsonSerializer.Deserialize<Dictionary<string, Entry>>(File.ReadAllBytes(file)) ?? []);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            // Without it the next build only does more work.
            return Empty;
        }
    }

    public void Save(string file) => File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(Files));
}
