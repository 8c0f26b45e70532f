using System.Text;

namespace NeetoDeploy.Builder.Posix;

/// <summary>
/// A folder that buildpacks could write to. Anything below it may be a link to somewhere else, so every step of a path is looked at before
/// it is used. The sandbox has ended whenever this is called: nothing moves in between.
/// </summary>
internal sealed class UntrustedFolder(string root)
{
    private const int LargestText = 4 * 1024 * 1024;

    public string Root => root;

    /// <summary>The host path when every step is a real folder and the end is of the wanted kind; else null.</summary>
    public string? Find(string relative, FileKind kind)
    {
        var path = root;
        var steps = relative.Split('/');
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i] is "" or "." or "..")
                return null;
            path = Path.Combine(path, steps[i]);
            if (FileStatus.Of(path)?.Kind != (i == steps.Length - 1 ? kind : FileKind.Directory))
                return null;
        }
        return path;
    }

    /// <summary>Whether anything has a name at the top.</summary>
    public bool Exists(string name) => FileStatus.Of(Path.Combine(root, name)) is not null;

    /// <summary>A small text file; null when there is none, or none that may be read.</summary>
    public string? ReadText(string relative)
    {
        var path = Find(relative, FileKind.Regular);
        if (path is null)
            return null;
        if (FileStatus.Of(path)!.Value.Size > LargestText)
            throw new InvalidDataException($"{relative} is larger than {LargestText} bytes");
        return File.ReadAllText(path, Encoding.UTF8);
    }

    /// <summary>Replaces a file at the top with one that everybody may read.</summary>
    public void WriteText(string name, string text)
    {
        Remove(name);
        // Creating anew never follows a link.
        using var file = new FileStream(Path.Combine(root, name), FileMode.CreateNew, FileAccess.Write);
        file.Write(Encoding.UTF8.GetBytes(text));
        File.SetUnixFileMode(file.SafeFileHandle, FileModes.Readable);
    }

    /// <summary>Removes whatever has a name at the top.</summary>
    public void Remove(string name)
    {
        var path = Path.Combine(root, name);
        if (FileStatus.Of(path) is { Kind: FileKind.Directory })
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
    }

    /// <summary>Names of the real folders at a place, sorted.</summary>
    public IReadOnlyList<string> Directories(string relative = "")
    {
        var path = relative.Length == 0 ? root : Find(relative, FileKind.Directory);
        if (path is null)
            return [];
        var names = new DirectoryInfo(path).EnumerateDirectories().Where(d => d.LinkTarget is null).Select(d => d.Name);
        return [.. names.Order(StringComparer.Ordinal)];
    }
}
