using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using NeetoDeploy.Builder.Posix;

namespace NeetoDeploy.Builder.Builds;

/// <summary>
/// Downloads that every app's build may read: files by the name of their SHA-512 or SHA-256, whichever their registry gives. Sandboxes cannot write here. A build
/// offers what it has downloaded in its own cache, and a file is taken over when the sandbox has ended and if it is what its name says. So a build may add a
/// file, and never change what another one finds.
/// </summary>
/// <remarks>
/// What a gzip file holds is kept beside it as <c>NAME.tar</c>: to unpack Node.js costs a second of processor time, to copy it a fifth of that. Only the builder
/// writes such a file, from what it has compared with its name.
/// </remarks>
internal sealed partial class SharedDownloads(BuilderOptions options)
{
    private const string Offers = "offers";
    private const int MostOffers = 512;
    private const string Unpacked = ".tar";
    private const int SmallestGzip = 18;

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
                Unpack(name);
            }
            return size;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>Nothing is kept of a file that is no gzip file, is broken, or holds more than half of what all downloads together may.</summary>
    private void Unpack(string name)
    {
        var draft = Path.Combine(Folder, $".{Guid.NewGuid():N}");
        try
        {
            using (var packed = File.OpenRead(Path.Combine(Folder, name)))
            using (var to = new FileStream(draft, FileMode.CreateNew))
            {
                if (Size(packed) is not { } size || size > options.SharedDownloadBytes / 2)
                    return;
                packed.Position = 0;
                using var content = new GZipStream(packed, CompressionMode.Decompress);
                if (!Copied(content, to, size))
                    return;
            }
            File.SetUnixFileMode(draft, FileModes.Readable);
            File.Move(draft, Path.Combine(Folder, name + Unpacked), overwrite: true);
        }
        catch (InvalidDataException)
        {
            // The buildpack that asked for it will say so.
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>How much a gzip file says that it holds, by its last four bytes (RFC 1952); null when it is none.</summary>
    private static long? Size(FileStream packed)
    {
        if (packed.Length < SmallestGzip || packed.ReadByte() != 0x1f || packed.ReadByte() != 0x8b)
            return null;
        Span<byte> size = stackalloc byte[sizeof(uint)];
        packed.Seek(-size.Length, SeekOrigin.End);
        packed.ReadExactly(size);
        return BinaryPrimitives.ReadUInt32LittleEndian(size);
    }

    /// <summary>Whether it is as much as it should be. The stream itself takes a file that was cut off for a whole one.</summary>
    private static bool Copied(Stream from, Stream to, long size)
    {
        var buffer = new byte[1 << 16];
        while (size >= 0 && from.Read(buffer) is > 0 and var count)
        {
            size -= count;
            to.Write(buffer, 0, count);
        }
        return size == 0;
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
