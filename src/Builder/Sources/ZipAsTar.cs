using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using NeetoDeploy.Builder.Posix;

namespace NeetoDeploy.Builder.Sources;

/// <summary>Makes a tar of a zip, so that what is refused of a tar is refused of a zip in the same place.</summary>
/// <param name="folder">A folder of its own for both files.</param>
internal sealed class ZipAsTar(SourceLimits limits, string folder)
{
    private const int FileTypes = 0xF000;
    private const int Link = 0xA000;
    private const int LongestLink = 4096;

    private long left = limits.UnpackedBytes;

    /// <summary>Whether an archive that begins so is a zip (APPNOTE.TXT, 4.3.7; the second one has no files).</summary>
    public static bool IsZip(ReadOnlySpan<byte> start) => start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8);

    /// <exception cref="SourceException">It is damaged, encrypted, or too large.</exception>
    public async Task<Stream> ConvertAsync(Stream zip, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        await using var stored = await StoreAsync(zip, cancel);
        var tar = new FileStream(Path.Combine(folder, "archive.tar"), FileMode.Create);
        try
        {
            using var archive = new ZipArchive(stored, ZipArchiveMode.Read);
            await using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
            {
                foreach (var entry in archive.Entries)
                    await WriteAsync(writer, entry, cancel);
            }
            tar.Position = 0;
            return tar;
        }
        catch (Exception e)
        {
            await tar.DisposeAsync();
            if (e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException)
                throw new SourceException(
                    "the source is a zip archive that cannot be read: it is damaged, encrypted, or packed in a rare way",
                    e
                );
            throw;
        }
    }

    /// <summary>
    /// A zip is read from its end. How many files it has is counted here, before anybody reads its directory into memory: each has this mark there.
    /// </summary>
    private async Task<FileStream> StoreAsync(Stream zip, CancellationToken cancel)
    {
        var file = new FileStream(Path.Combine(folder, "archive.zip"), FileMode.Create);
        try
        {
            var (buffer, kept, entries) = (new byte[64 * 1024], 0, 0);
            for (int read; (read = await zip.ReadAsync(buffer.AsMemory(kept), cancel)) > 0; )
            {
                await file.WriteAsync(buffer.AsMemory(kept, read), cancel);
                entries += buffer.AsSpan(0, kept + read).Count("PK\u0001\u0002"u8);
                if (entries > limits.Entries)
                    throw new SourceException($"the source has more than {limits.Entries} files");
                // A mark may lie across two reads; three bytes hold no whole one.
                var rest = Math.Min(3, kept + read);
                buffer.AsSpan(kept + read - rest, rest).CopyTo(buffer);
                kept = rest;
            }
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private async Task WriteAsync(TarWriter writer, ZipArchiveEntry entry, CancellationToken cancel)
    {
        // Some programs on Windows separate by a backslash.
        var name = entry.FullName.Replace('\\', '/');
        if (name.Contains('\0'))
            throw new SourceException($"the source holds {SourcePath.Show(name)}, which is no file's name");
        // Zero when the zip was made where files have no such mode.
        var mode = entry.ExternalAttributes >>> 16;
        if (name.EndsWith('/'))
        {
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, name), cancel);
            return;
        }
        await using var content = await entry.OpenAsync(cancel);
        await using var limited = new SourceStream(
            content,
            default,
            left,
            $"the source is larger than {SourceArchive.Megabytes(limits.UnpackedBytes)} when unpacked"
        );
        await writer.WriteEntryAsync(
            (mode & FileTypes) == Link
                ? new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = await ReadLinkAsync(limited, name, cancel) }
                : new PaxTarEntry(TarEntryType.RegularFile, name)
                {
                    Mode = (mode & (int)FileModes.Execute) == 0 ? FileModes.Readable : FileModes.Executable,
                    DataStream = limited,
                },
            cancel
        );
        left -= limited.Position;
    }

    private static async Task<string> ReadLinkAsync(Stream content, string name, CancellationToken cancel)
    {
        var target = new byte[LongestLink + 1];
        var length = await content.ReadAtLeastAsync(target, target.Length, throwOnEndOfStream: false, cancel);
        return length is > 0 and <= LongestLink
            ? Encoding.UTF8.GetString(target, 0, length)
            : throw new SourceException($"the source's link {SourcePath.Show(name)} leads nowhere");
    }
}
