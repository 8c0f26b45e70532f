using System.Net;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Sources;

/// <summary>Fetches from git repositories of strangers.</summary>
internal sealed class GitRepository(PublicHttp http, SourceLimits limits)
{
    private const string Discovery = "/info/refs?service=git-upload-pack";

    /// <summary>What is to be fetched.</summary>
    /// <param name="Url">Where redirects have led.</param>
    internal sealed record Head(Uri Url, string Commit);

    /// <summary>Asks the server what the reference stands for now: one request, and git is not run.</summary>
    public async Task<Head> FindAsync(GitSource source, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, source.Repository.AbsoluteUri.TrimEnd('/') + Discovery);
        using var response = await http.SendAsync(request, cancel);
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
            throw new SourceException($"there is no public git repository at {source.Repository} ({(int)response.StatusCode})");
        if (response.Content.Headers.ContentType?.MediaType != "application/x-git-upload-pack-advertisement")
            throw new SourceException(
                $"there is no git repository at {source.Repository}: its server does not speak git's smart HTTP protocol ({(int)response.StatusCode})"
            );
        await using var answer = await response.Content.ReadAsStreamAsync(cancel);
        var references = await GitReferences.ReadAsync(answer, cancel);
        var commit =
            references.Find(source.Reference)
            ?? (GitReferences.IsCommit(source.Reference) ? source.Reference! : throw new SourceException(Unknown(source)));
        var asked = response.RequestMessage!.RequestUri!.AbsoluteUri;
        return new(new Uri(asked[..asked.LastIndexOf("/info/refs", StringComparison.Ordinal)]), commit);
    }

    /// <summary>Fetches one commit without its history and unpacks its files. Of submodules only the empty folders come along.</summary>
    /// <param name="repository">A new folder for what git keeps.</param>
    /// <param name="folder">Where the files go.</param>
    public async Task<UnpackedSource> UnpackAsync(Head head, string repository, string folder, CancellationToken cancel)
    {
        Directory.CreateDirectory(repository);
        var git = new GitProgram(repository, limits.ArchiveBytes);
        await git.RunAsync(["init", "--quiet", "--bare"], cancel);
        await git.RunAsync(
            [.. await PinAsync(head.Url, cancel), "fetch", "--quiet", "--depth=1", "--no-tags", head.Url.AbsoluteUri, head.Commit],
            cancel
        );
        // An archive leaves out what its attributes say; here everything is used as it is in the repository.
        await File.WriteAllTextAsync(Path.Combine(repository, "info", "attributes"), "* -export-ignore -export-subst\n", cancel);
        UnpackedSource? unpacked = null;
        await git.RunAsync(
            ["archive", "--format=tar", head.Commit],
            async tar =>
            {
                var largest = limits.UnpackedBytes + (limits.Entries * 2048L);
                await using var limited = new SourceStream(tar, default, largest, "it is too large");
                unpacked = await new SourceUnpacker(limits, folder).UnpackAsync(limited, cancel);
                await limited.CopyToAsync(Stream.Null, cancel);
            },
            cancel
        );
        return unpacked!;
    }

    /// <summary>Git looks the host's name up again by itself: it is told the addresses that were found to be allowed.</summary>
    private async Task<string[]> PinAsync(Uri url, CancellationToken cancel)
    {
        var addresses = await http.FindAsync(url.IdnHost, cancel);
        var shown = addresses.Select(a => a.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{a}]" : a.ToString());
        return url.HostNameType is UriHostNameType.Dns
            ? ["-c", $"http.curloptResolve={url.IdnHost}:{url.Port}:{string.Join(',', shown)}"]
            : [];
    }

    private static string Unknown(GitSource source) =>
        source.Reference is null
            ? $"the repository {source.Repository} is empty"
            : $"the repository {source.Repository} has no branch or tag {source.Reference} (a commit needs all of its 40 digits)";
}
