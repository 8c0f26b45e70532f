namespace NeetoDeploy.Api.Contracts.Features;

/// <summary>A feature that can be switched on for an app or an account.</summary>
/// <param name="State"><c>general</c> or <c>beta</c>.</param>
public sealed record FeatureResource(
    DateTimeOffset CreatedAt,
    string Description,
    string DocUrl,
    bool Enabled,
    Guid Id,
    string Name,
    string State,
    DateTimeOffset UpdatedAt,
    string DisplayName,
    string FeedbackEmail
);
