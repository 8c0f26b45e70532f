using NeetoDeploy.Builder.Posix;

namespace NeetoDeploy.Builder.Layers;

/// <summary>Turns what is in a folder into entries of a layer.</summary>
internal static class LayerEntries
{
    public static LayerEntry From(FolderEntry entry, string name, int owner, string? contentHash = null) =>
        entry.Status.Kind switch
        {
            FileKind.Directory => LayerEntry.Folder(name, owner, entry.Status.Mode & 0b111_111_111),
            FileKind.Link => LayerEntry.Link(name, new FileInfo(entry.Path).LinkTarget ?? "", owner),
            _ => LayerEntry.File(name, entry, owner, contentHash),
        };
}
