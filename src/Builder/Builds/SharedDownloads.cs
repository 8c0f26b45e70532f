using System.Security.Cryptography;
using System.Text.RegularExpressions;
using NeetoDeploy.Builder.Posix;

namespace NeetoDeploy.Builder.Builds;

/// <summary>
/// Downloads that every app's build may read: files by the name of their SHA-512 or SHA-256, whichever their registry gives. Sandboxes cannot write here. A build
/// offers what it has downloaded in its own cache, and a file is taken over when the sandbox has ended and if it is what its name says. So a build may add a
/// file, and never change what another one finds.
/// </summary>
internal sealed partial class SharedDownloads(BuilderOptions options)
{
    private const string Offers = "offers";
    private const int MostOffers = 512;

    public string Folder { get; } = Path.Combine(Path.GetFullPath(options.BuildsDirectory), "downloads");

    public void Make() => Directory.CreateDirectory(Folder, FileModes.Executable);

    /// <summary>Takes over what a build has offered. It is only about time: a file that cannot be taken is downloaded again.</summary>
    public void Take(UntrustedFolder cache)
    {
        try
        {
            var left = options.SharedDownloadBytes;
            foreach (var name in Names(cache).Where(name => !File.Exists(Path.Combine(Folder, name))))
                left -= Take(name, cache.Find($"{Offers}/{name}", FileKind.Regular), Math.Min(left, options.LargestDownloadBytes));
            cache.Remove(Offers);
            Trim();
        }
        catch (IOException)
        {
            // The disk is full.
        }
    }

    private static IEnumerable<string> Names(UntrustedFolder cache) =>
        cache.Find(Offers, FileKind.Directory) is { } offers
            ? Directory
                .EnumerateFileSystemEntries(offers)
                .Select(path => Path.GetFileName(path))
                .Where(name => Digest().IsMatch(name))
                .Take(MostOffers)
            : [];

    /// <summary>Answers how many bytes it has read.</summary>
    private long Take(string name, string? offered, long most)
    {
        var size = offered is null ? long.MaxValue : FileStatus.Of(offered)!.Value.Size;
        if (offered is null || size > most)
            return 0;
        var draft = Path.Combine(Folder, $".{Guid.NewGuid():N}");
        try
        {
            // The copy is what is looked at: nobody else can write to it.
            using (var from = File.OpenRead(offered))
            using (var to = new FileStream(draft, FileMode.CreateNew))
                from.CopyTo(to);
            if (DigestOf(draft, name.Length) == name)
            {
                File.SetUnixFileMode(draft, FileModes.Readable);
                File.Move(draft, Path.Combine(Folder, name), overwrite: true);
            }
            return size;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>Removes the oldest files until the rest is small enough.</summary>
    private void Trim()
    {
        var left = options.SharedDownloadBytes;
        foreach (var file in new DirectoryInfo(Folder).GetFiles().OrderByDescending(file => file.LastWriteTimeUtc))
        {
            left -= file.Length;
            if (left < 0)
                file.Delete();
        }
    }

    private static string DigestOf(string file, int digits)
    {
        using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(digits == 64 ? SHA256.HashData(content) : SHA512.HashData(content));
    }

    [GeneratedRegex(@"\A(?:[0-9a-f]{64}|[0-9a-f]{128})\z")]
    private static partial Regex Digest();
}
