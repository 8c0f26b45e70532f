namespace NeetoDeploy.Api.Contracts.Sources;

/// <summary>A place to upload an archive to, and to build it from.</summary>
public sealed record SourceResource(SourceUrls SourceBlob);

/// <summary>The two URLs of an upload. Each carries its own secret.</summary>
public sealed record SourceUrls(string GetUrl, string PutUrl);
