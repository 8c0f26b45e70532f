using NeetoDeploy.Builder.Posix;

namespace NeetoDeploy.Builder.Layers;

/// <summary>One entry of a layer's tar.</summary>
/// <param name="Name">In the image, without a leading slash.</param>
/// <param name="Kind">Never <see cref="FileKind.Special"/>.</param>
/// <param name="Size">Of a regular file's content.</param>
/// <param name="LinkTarget">Of a link.</param>
/// <param name="HostPath">Where a regular file's content is; null when <paramref name="Content"/> is it.</param>
/// <param name="Fingerprint">Changes whenever the content may have.</param>
internal sealed record LayerEntry(
    string Name,
    FileKind Kind,
    int Mode,
    int Owner,
    long Size = 0,
    string? LinkTarget = null,
    string? HostPath = null,
    ReadOnlyMemory<byte> Content = default,
    string Fingerprint = ""
)
{
    public static LayerEntry Folder(string name, int owner, int mode = 0b111_101_101) => new(name, FileKind.Directory, mode, owner);

    public static LayerEntry Link(string name, string target, int owner) =>
        new(name, FileKind.Link, 0b111_111_111, owner, LinkTarget: target);

    public static LayerEntry File(string name, FolderEntry file, int owner, string? contentHash = null) =>
        new(
            name,
            FileKind.Regular,
            file.Status.Mode & 0b111_111_111,
            owner,
            file.Status.Size,
            HostPath: file.Path,
            Fingerprint: contentHash ?? $"{file.Status.Inode}.{file.Status.ModifiedNanoseconds}.{file.Status.ChangedNanoseconds}"
        );

    public static LayerEntry Text(string name, ReadOnlyMemory<byte> content, int owner) =>
        new(
            name,
            FileKind.Regular,
            0b110_100_100,
            owner,
            content.Length,
            Content: content,
            Fingerprint: Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content.Span))
        );
}
