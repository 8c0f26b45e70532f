using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Contracts.Accounts;

/// <summary>Changes a token.</summary>
/// <param name="Client">Heroku lets an OAuth client be set; there are none here.</param>
public sealed record UpdateAuthorizationRequest(string? Description, IdRef? Client);
