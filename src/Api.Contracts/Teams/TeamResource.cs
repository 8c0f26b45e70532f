using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Contracts.Teams;

/// <summary>A team, as the caller is in it: <c>/teams</c>.</summary>
/// <param name="Role"><c>owner</c>, <c>admin</c>, <c>member</c>, or <c>collaborator</c> for who only looks.</param>
/// <param name="Type">Always <c>team</c>.</param>
public sealed record TeamResource(
    Guid Id,
    DateTimeOffset CreatedAt,
    bool CreditCardCollections,
    bool Default,
    NamedRef? EnterpriseAccount,
    NamedRef? IdentityProvider,
    int? MembershipLimit,
    string Name,
    bool ProvisionedLicenses,
    string? Role,
    string Type,
    DateTimeOffset UpdatedAt
);

/// <summary>Asks for a new team.</summary>
public sealed record CreateTeamRequest(string? Name);
