using System.Buffers;
using System.Formats.Tar;
using System.Security.Cryptography;
using NeetoDeploy.Builder.Posix;

namespace NeetoDeploy.Builder.Sources;

/// <summary>Unpacks a tar into a folder, refusing whatever would reach out of it.</summary>
/// <param name="isRooted">Names may begin with a slash, as those of image layers do; the folder stands for the root.</param>
internal sealed class SourceUnpacker(SourceLimits limits, string folder, bool isRooted = false)
{
    private readonly UnpackedSource source = new();
    private long bytes;
    private int entries;

    public async Task<UnpackedSource> UnpackAsync(Stream tar, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        try
        {
            await using var reader = new TarReader(tar, leaveOpen: true);
            while (await reader.GetNextEntryAsync(copyData: false, cancel) is { } entry)
                await UnpackAsync(entry, cancel);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw new SourceException("the source is not a tar archive (plain or gzip-compressed) nor a zip, or it is damaged", e);
        }
        return source;
    }

    private async Task UnpackAsync(TarEntry entry, CancellationToken cancel)
    {
        if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
            return;
        if (++entries > limits.Entries)
            throw new SourceException($"the source has more than {limits.Entries} files");
        var path = SourcePath.Parse(isRooted ? entry.Name.TrimStart('/') : entry.Name);
        if (path.Length == 0)
            return;
        try
        {
            await PlaceAsync(entry, path, cancel);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw new SourceException(
                $"the source cannot hold {SourcePath.Show(path)}: its name is too long, or it is both a file and a folder",
                e
            );
        }
    }

    private async Task PlaceAsync(TarEntry entry, string path, CancellationToken cancel)
    {
        switch (entry.EntryType)
        {
            case TarEntryType.Directory or TarEntryType.DirectoryList:
                Directory.CreateDirectory(Path.Combine(folder, path));
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                await WriteAsync(entry.DataStream ?? Stream.Null, path, (entry.Mode & FileModes.Execute) != 0, cancel);
                break;
            case TarEntryType.SymbolicLink:
                source.Files.Remove(path);
                source.Links[path] = entry.LinkName;
                break;
            case TarEntryType.HardLink:
                await CopyAsync(entry.LinkName, path, cancel);
                break;
            default:
                throw new SourceException($"the source holds {SourcePath.Show(path)}, which is not a file, a folder or a link");
        }
    }

    /// <summary>A hard link becomes a file of its own, of what the archive held under the other name.</summary>
    private async Task CopyAsync(string target, string to, CancellationToken cancel)
    {
        var from = string.Join('/', target.Split('/').Where(s => s is not ("" or ".")));
        if (!source.Files.ContainsKey(from))
            throw new SourceException($"the source links {SourcePath.Show(to)} to {SourcePath.Show(from)}, which it does not hold before");
        if (from == to)
            return;
        var original = Path.Combine(folder, from);
        await using var content = File.OpenRead(original);
        await WriteAsync(content, to, (File.GetUnixFileMode(original) & UnixFileMode.UserExecute) != 0, cancel);
    }

    private async Task WriteAsync(Stream content, string path, bool executable, CancellationToken cancel)
    {
        var target = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            await using var file = new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None, 0);
            int read;
            while ((read = await content.ReadAsync(buffer, cancel)) > 0)
            {
                if ((bytes += read) > limits.UnpackedBytes)
                    throw new SourceException($"the source is larger than {SourceArchive.Megabytes(limits.UnpackedBytes)} when unpacked");
                hash.AppendData(buffer, 0, read);
                file.Write(buffer, 0, read);
            }
            File.SetUnixFileMode(file.SafeFileHandle, executable ? FileModes.Executable : FileModes.Readable);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        source.Links.Remove(path);
        source.Files[path] = Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>Whether the file system refused this entry and would take others.</summary>
    private static bool IsRefusal(Exception e) =>
        e
            is UnauthorizedAccessException
                or DirectoryNotFoundException
                or PathTooLongException
                or IOException { HResult: NotADirectory or Exists or NameTooLong or IsADirectory };

    // errno, as .NET hands it on for Unix.
    private const int Exists = 17;
    private const int NotADirectory = 20;
    private const int IsADirectory = 21;
    private const int NameTooLong = 36;
}
