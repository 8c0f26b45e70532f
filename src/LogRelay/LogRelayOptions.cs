namespace NeetoDeploy.LogRelay;

/// <summary>What the log relay must know of its installation.</summary>
public sealed record LogRelayOptions
{
    /// <summary>The installation's id: records of others' dynos are not taken.</summary>
    public required string InstallationId { get; init; }

    /// <summary>What collectors show to be let in to <c>/ingest</c>: a secret of the installation.</summary>
    public required string IngestToken { get; init; }
}
