namespace NeetoDeploy.Api.Contracts.Apps;

/// <summary>Shares an app.</summary>
/// <param name="User">An e-mail address.</param>
public sealed record AddCollaboratorRequest(string? User);
