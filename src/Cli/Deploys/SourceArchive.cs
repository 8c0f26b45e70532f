using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using NeetoDeploy.Cli.Sessions;

namespace NeetoDeploy.Cli.Deploys;

/// <summary>A folder as the tar.gz that a build starts from, in a temporary file.</summary>
/// <param name="Version">The commit, when the folder is a clean checkout.</param>
/// <param name="Checksum"><c>SHA256:hex</c>, as the builds endpoint takes it.</param>
internal sealed record SourceArchive(string Path, long Bytes, string? Version, string Checksum) : IDisposable
{
    /// <exception cref="CliException">There is no such folder, or nothing in it.</exception>
    public static async Task<SourceArchive> PackAsync(string folder, CancellationToken cancel)
    {
        if (!Directory.Exists(folder))
            throw new CliException(ExitCode.Usage, $"There is no folder {folder}.");
        var git = new GitCheckout(folder);
        var files = await SourceFiles.ListAsync(folder, git, cancel);
        if (files.Count == 0)
            throw new CliException(
                ExitCode.Usage,
                $"There is nothing to deploy in {folder}.",
                "Is everything in it ignored by .gitignore?"
            );
        var path = System.IO.Path.GetTempFileName();
        try
        {
            await WriteAsync(path, folder, files, cancel);
            await using var packed = File.OpenRead(path);
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(packed, cancel));
            return new SourceArchive(path, packed.Length, await VersionAsync(git, cancel), $"SHA256:{hash}");
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Puts it where the installation said. The URL carries its own secret.</summary>
    public async Task UploadAsync(HttpClient client, Uri url, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(Path);
        using var content = new StreamContent(stream);
        using var answer = await client.PutAsync(url, content, cancel);
        if (!answer.IsSuccessStatusCode)
            throw new CliException(
                ExitCode.Failed,
                $"The upload was refused with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancel)}"
            );
    }

    public void Dispose() => File.Delete(Path);

    private static async Task WriteAsync(string path, string folder, IReadOnlyList<string> files, CancellationToken cancel)
    {
        await using var stream = new FileStream(path, FileMode.Truncate);
        await using var gzip = new GZipStream(stream, CompressionLevel.Fastest);
        await using var tar = new TarWriter(gzip, TarEntryFormat.Pax);
        foreach (var name in files)
            await tar.WriteEntryAsync(System.IO.Path.Combine(folder, name), name, cancel);
    }

    private static async Task<string?> VersionAsync(GitCheckout git, CancellationToken cancel) =>
        (await git.TryRunAsync(["status", "--porcelain"], cancel)) is ""
            ? (await git.TryRunAsync(["rev-parse", "HEAD"], cancel))?.Trim()
            : null;
}
