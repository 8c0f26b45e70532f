using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Contracts.Apps;

/// <summary>Somebody an app is shared with.</summary>
/// <param name="Role"><c>owner</c> or <c>collaborator</c>; of who is in the app's team also <c>admin</c> or <c>member</c>.</param>
public sealed record CollaboratorResource(
    NamedRef App,
    DateTimeOffset CreatedAt,
    Guid Id,
    PermissionResource[] Permissions,
    string? Role,
    DateTimeOffset UpdatedAt,
    CollaboratorUserRef User
);

/// <summary>One thing a collaborator may do.</summary>
public sealed record PermissionResource(string Name, string Description);

/// <summary>The account of a collaborator.</summary>
public sealed record CollaboratorUserRef(string Email, bool Federated, Guid Id);
