using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Sources;

/// <summary>Sources that are in git repositories. A build finds out once what its reference stands for, and is a build of that commit.</summary>
internal sealed class GitSources(PublicHttp http, SourceLimits limits)
{
    private readonly GitRepository git = new(http, limits);

    /// <summary>The source at the commit that its reference stands for now, which is its version from then on.</summary>
    /// <exception cref="SourceException">There is no such repository or reference, or it may not be fetched from.</exception>
    public async Task<SourceRef> PinAsync(SourceRef source, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(limits.FetchTime);
        var asked = Read(source.Url);
        try
        {
            var head = await git.FindAsync(asked, limit.Token);
            return source with { Url = (asked with { Reference = head.Commit }).Write(), Version = head.Commit };
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new SourceException($"{asked.Repository} did not say in {limits.FetchTime.TotalMinutes:0} minutes what it has", e);
        }
        catch (IOException e)
        {
            throw new SourceException($"{asked.Repository} was cut off while it said what it has: {e.Message}", e);
        }
    }

    /// <summary>Unpacks a source's files into <paramref name="folder"/>.</summary>
    /// <param name="repository">A new folder for what git keeps meanwhile.</param>
    /// <exception cref="SourceException">It cannot be fetched, or is too large.</exception>
    public async Task<UnpackedSource> UnpackAsync(string url, string repository, string folder, CancellationToken cancel) =>
        await git.UnpackAsync(await git.FindAsync(Read(url), cancel), repository, folder, cancel);

    private static GitSource Read(string url) =>
        GitSource.Parse(url) is { IsOk: true, Value: var source } ? source : throw new SourceException("the source has no valid URL");
}
