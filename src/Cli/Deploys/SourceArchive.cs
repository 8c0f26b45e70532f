using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using NeetoDeploy.Cli.Sessions;

namespace NeetoDeploy.Cli.Deploys;

/// <summary>A folder as the tar.gz that a build starts from, in a temporary file.</summary>
/// <param name="Version">The commit, when the folder is a clean checkout.</param>
/// <param name="Checksum"><c>SHA256:hex</c>, as the builds endpoint takes it.</param>
internal sealed record SourceArchive(string File, long Bytes, string? Version, string Checksum) : IDisposable
{
    /// <summary>Packs what git would: tracked files and untracked ones that are not ignored. Without git everything but <c>node_modules</c>.</summary>
    /// <exception cref="CliException">There is no such folder, or nothing in it.</exception>
    public static async Task<SourceArchive> PackAsync(string folder, CancellationToken cancel)
    {
        if (!Directory.Exists(folder))
            throw new CliException(ExitCode.Usage, $"There is no folder {folder}.");
        var git = new GitCheckout(folder);
        var files = await FilesAsync(folder, git, cancel);
        if (files.Count == 0)
            throw new CliException(ExitCode.Usage, $"There is nothing to deploy in {folder}.");
        var file = Path.GetTempFileName();
        await using (var stream = new FileStream(file, FileMode.Truncate))
        await using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        await using (var tar = new TarWriter(gzip, TarEntryFormat.Pax))
        {
            foreach (var name in files)
                await tar.WriteEntryAsync(Path.Combine(folder, name), name, cancel);
        }
        await using var packed = System.IO.File.OpenRead(file);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(packed, cancel));
        return new SourceArchive(file, packed.Length, await VersionAsync(git, cancel), $"SHA256:{hash}");
    }

    /// <summary>Puts it where the installation said. The URL carries its own secret.</summary>
    public async Task UploadAsync(Uri url, CancellationToken cancel)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        await using var stream = System.IO.File.OpenRead(File);
        using var content = new StreamContent(stream);
        using var answer = await client.PutAsync(url, content, cancel);
        if (!answer.IsSuccessStatusCode)
            throw new CliException(ExitCode.Failed, $"The upload was refused with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancel)}");
    }

    public void Dispose() => System.IO.File.Delete(File);

    private static async Task<IReadOnlyList<string>> FilesAsync(string folder, GitCheckout git, CancellationToken cancel)
    {
        var listed = await git.TryRunAsync(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"], cancel);
        var names = listed?.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            ?? Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
                .Where(path => !Directory.Exists(path) || new DirectoryInfo(path).LinkTarget is not null)
                .Select(path => Path.GetRelativePath(folder, path))
                .Where(name => !name.Split('/').Any(part => part is "node_modules" or ".git"));
        // A tracked file may have been deleted; a submodule is a folder.
        return [.. names.Where(name => new FileInfo(Path.Combine(folder, name)) is var info && (info.Exists || info.LinkTarget is not null)).Order(StringComparer.Ordinal)];
    }

    private static async Task<string?> VersionAsync(GitCheckout git, CancellationToken cancel) =>
        (await git.TryRunAsync(["status", "--porcelain"], cancel)) is ""
            ? (await git.TryRunAsync(["rev-parse", "HEAD"], cancel))?.Trim()
            : null;
}
