namespace NeetoDeploy.Builder.Posix;

/// <summary>Something in a folder.</summary>
/// <param name="Relative">Its path from the folder's top, with slashes.</param>
/// <param name="Path">Its path on this machine.</param>
internal sealed record FolderEntry(string Relative, string Path, FileStatus Status);

/// <summary>Goes through a folder without ever following a link, each folder before what it holds, in an order that only names decide.</summary>
internal static class FolderWalk
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    public static IEnumerable<FolderEntry> Of(string root)
    {
        var left = new Stack<FolderEntry>();
        Push(left, root, "");
        while (left.TryPop(out var entry))
        {
            yield return entry;
            if (entry.Status.Kind is FileKind.Directory)
                Push(left, entry.Path, entry.Relative + "/");
        }
    }

    private static void Push(Stack<FolderEntry> left, string folder, string prefix)
    {
        var names = Directory.EnumerateFileSystemEntries(folder, "*", Everything).Select(p => Path.GetFileName(p)).ToArray();
        Array.Sort(names, StringComparer.Ordinal);
        for (var i = names.Length - 1; i >= 0; i--)
        {
            var path = Path.Combine(folder, names[i]);
            var status =
                FileStatus.Of(path) ?? throw new InvalidDataException($"a file in {prefix} has a name that is not UTF-8: {names[i]}");
            left.Push(new FolderEntry(prefix + names[i], path, status));
        }
    }
}
