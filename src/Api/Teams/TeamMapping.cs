using NeetoDeploy.Api.Apps;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Api.Contracts.Teams;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Teams;

namespace NeetoDeploy.Api.Teams;

internal static class TeamMapping
{
    /// <summary>What the heroku CLI knows a team's app by: an owner at this host.</summary>
    public const string OwnerHost = "@herokumanager.com";

    /// <summary>Who only looks is what Heroku calls a collaborator of the team.</summary>
    private const string ViewerWord = "collaborator";

    public static TeamResource ToResource(this TeamView team, TeamRole role) =>
        new(
            team.Id.Value,
            team.CreatedAt,
            CreditCardCollections: false,
            Default: false,
            EnterpriseAccount: null,
            IdentityProvider: null,
            MembershipLimit: null,
            team.Name.ToString(),
            ProvisionedLicenses: false,
            Word(role),
            "team",
            team.UpdatedAt
        );

    public static TeamMemberResource ToResource(this TeamMemberView member, TeamView team) =>
        new(
            member.JoinedAt,
            member.Account.Email,
            Federated: false,
            StableIds.Of("team member", $"{team.Id}/{member.Account.Id}"),
            Word(member.Role),
            member.JoinedAt,
            ToUser(member.Account)
        );

    public static TeamInvitationResource ToResource(this InvitationView invitation, TeamView team) =>
        new(
            invitation.CreatedAt,
            invitation.Id,
            ToUser(invitation.InvitedBy),
            new NamedRef(team.Id.Value, team.Name.ToString()),
            Word(invitation.Role),
            invitation.CreatedAt,
            // Perhaps there is no such account yet.
            new TeamUserRef(invitation.Email, StableIds.Of("invited", invitation.Email), Name: null)
        );

    public static TeamAppResource ToTeamResource(this AppView view, ApiOptions options)
    {
        var app = view.ToResource(options);
        return new(
            app.ArchivedAt,
            app.BuildpackProvidedDescription,
            app.BuildStack,
            app.CreatedAt,
            app.Generation,
            app.GitUrl,
            app.Id,
            app.InternalRouting,
            Joined: true,
            Locked: false,
            app.Maintenance,
            app.Name,
            app.Team,
            app.Owner,
            app.Region,
            app.ReleasedAt,
            app.RepoSize,
            app.SlugSize,
            app.Space,
            app.Stack,
            app.UpdatedAt,
            app.WebUrl
        );
    }

    /// <exception cref="ApiRefusal">422: no role has this name.</exception>
    public static TeamRole RoleOf(string? word) =>
        word == ViewerWord ? TeamRole.Viewer
        : Enum.TryParse<TeamRole>(word, ignoreCase: true, out var role) && role != TeamRole.None && Word(role) == word ? role
        : throw ApiRefusal.Invalid("role must be owner, admin, member, or collaborator for who only looks.");

    /// <summary>What Heroku calls a role; null for none.</summary>
    public static string? Word(TeamRole role) =>
        role switch
        {
            TeamRole.None => null,
            TeamRole.Viewer => ViewerWord,
            _ => role.ToString().ToLowerInvariant(),
        };

    private static TeamUserRef ToUser(AccountRef account) => new(account.Email, account.Id.Value, Name: null);
}
