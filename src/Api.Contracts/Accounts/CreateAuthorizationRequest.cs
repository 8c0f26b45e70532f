namespace NeetoDeploy.Api.Contracts.Accounts;

/// <summary>Asks for a token.</summary>
/// <param name="ExpiresIn">Seconds; null: never.</param>
public sealed record CreateAuthorizationRequest(string? Description, int? ExpiresIn, string[]? Scope);
