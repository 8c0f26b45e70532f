namespace NeetoDeploy.Api.Contracts.Accounts;

/// <summary>An account by id and e-mail address.</summary>
public sealed record UserRef(string Email, Guid Id);
