namespace NeetoDeploy.Builder.Sources;

/// <summary>Opens what a source's URL names: a file that this installation stored, or an archive on the internet.</summary>
internal sealed class SourceFetcher(BuilderOptions options, PublicHttp http)
{
    public Task<Stream> OpenAsync(string url, CancellationToken cancel)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
            throw new SourceException("the source has no valid URL");
        return uri.Scheme switch
        {
            "file" => Task.FromResult<Stream>(OpenFile(uri)),
            "http" or "https" => http.OpenAsync(uri, cancel),
            _ => throw new SourceException($"a source cannot be fetched by {uri.Scheme}"),
        };
    }

    private FileStream OpenFile(Uri uri)
    {
        var path = Path.GetFullPath(uri.LocalPath);
        var allowed = options.SourceDirectories.Any(d => path.StartsWith(Path.GetFullPath(d) + "/", StringComparison.Ordinal));
        if (!allowed || uri.Host.Length > 0)
            throw new SourceException("the source is not one that this installation stored");
        try
        {
            return new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read,
                0,
                FileOptions.Asynchronous | FileOptions.SequentialScan
            );
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SourceException("the source is no longer stored: push or upload it again", e);
        }
    }
}
