using System.IO.Enumeration;

namespace NeetoDeploy.Builder.Posix;

/// <summary>What folders take.</summary>
/// <param name="Bytes">The lengths of all files, holes in them included: an image would hold those, too.</param>
/// <param name="Entries">Files, folders and links.</param>
internal readonly record struct FolderSize(long Bytes, long Entries)
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        RecurseSubdirectories = true,
        ReturnSpecialDirectories = false,
    };

    /// <summary>Measures folders that somebody else may be changing; links are not followed. Stops as soon as one of the limits is passed.</summary>
    public static FolderSize Of(IEnumerable<string> folders, long mostBytes, long mostEntries, CancellationToken cancel)
    {
        var size = new FolderSize(0, 0);
        foreach (var folder in folders.Where(Directory.Exists))
        {
            using var lengths = new Lengths(folder);
            while (size.Bytes <= mostBytes && size.Entries <= mostEntries && lengths.MoveNext())
            {
                cancel.ThrowIfCancellationRequested();
                size = new FolderSize(size.Bytes + lengths.Current, size.Entries + 1);
            }
        }
        return size;
    }

    private sealed class Lengths(string folder) : FileSystemEnumerator<long>(folder, Everything)
    {
        protected override long TransformEntry(ref FileSystemEntry entry) =>
            entry.IsDirectory || (entry.Attributes & FileAttributes.ReparsePoint) != 0 ? 0 : entry.Length;

        protected override bool ShouldRecurseIntoEntry(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0;

        // What goes away between being listed and being looked at is no concern.
        protected override bool ContinueOnError(int error) => true;
    }
}
