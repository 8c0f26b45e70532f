namespace NeetoDeploy.Api.Contracts.Logs;

/// <summary>A permission to read an app's log.</summary>
/// <param name="LogplexUrl">The log itself. The URL carries its own secret.</param>
public sealed record LogSessionResource(DateTimeOffset CreatedAt, Guid Id, string LogplexUrl, DateTimeOffset UpdatedAt);
