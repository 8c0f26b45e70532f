using NeetoDeploy.Api.Contracts.Apps;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Ranges;
using NeetoDeploy.Api.Teams;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Teams;

namespace NeetoDeploy.Api.Apps;

/// <summary><c>/apps/{app}/collaborators</c>: with whom an app is shared, and who is in the team that owns it.</summary>
internal static class CollaboratorEndpoints
{
    private static readonly ListShape<CollaboratorResource> Shape = new(
        new ListField<CollaboratorResource>("email", collaborator => collaborator.User.Email),
        new ListField<CollaboratorResource>("id", collaborator => collaborator.Id.ToString())
    );

    private static readonly PermissionResource[] ViewerPermissions = [new("view", "Can see the app, its log and its releases")];

    private static readonly PermissionResource[] CollaboratorPermissions =
    [
        .. ViewerPermissions,
        new("deploy", "Can push code, release and roll back"),
        new("operate", "Can scale, run, and change config vars and domains"),
    ];

    public static readonly PermissionResource[] OwnerPermissions =
    [
        .. CollaboratorPermissions,
        new("manage", "Can rename, share and destroy the app"),
    ];

    public static void MapCollaborators(this ApiRoutes api)
    {
        api.Get("/apps/{app}/collaborators", ListAsync);
        api.Post("/apps/{app}/collaborators", AddAsync);
        api.Get(
            "/apps/{app}/collaborators/{collaborator}",
            async request => Answer.Ok(ToResource(await RequireAsync(request), request.App))
        );
        api.Delete("/apps/{app}/collaborators/{collaborator}", RemoveAsync);
    }

    private static async Task<IResult> ListAsync(ApiRequest request)
    {
        var app = request.Grains.App(request.App.Id);
        var members = await app.ListTeamMembersAsync();
        var shared = (await app.ListCollaboratorsAsync()).Where(row => members.All(member => member.Account.Id != row.Account.Id));
        CollaboratorResource[] rows =
        [
            .. members.Select(member => ToResource(member, request.App)),
            .. shared.Select(row => ToResource(row, request.App)),
        ];
        return Shape.Answer(request, rows, row => row);
    }

    private static async Task<IResult> AddAsync(ApiRequest request)
    {
        var user = (await request.ReadAsync<AddCollaboratorRequest>()).User ?? throw ApiRefusal.Invalid("user must be an e-mail address.");
        return Answer.Created(await request.Grains.App(request.App.Id).AddCollaboratorAsync(user), row => ToResource(row, request.App));
    }

    private static async Task<IResult> RemoveAsync(ApiRequest request)
    {
        var email = (await RequireAsync(request)).Account.Email;
        return Answer.Ok(await request.Grains.App(request.App.Id).RemoveCollaboratorAsync(email), row => ToResource(row, request.App));
    }

    private static async Task<CollaboratorView> RequireAsync(ApiRequest request)
    {
        var key = request.Segment("collaborator");
        var rows = await request.Grains.App(request.App.Id).ListCollaboratorsAsync();
        return rows.FirstOrDefault(row => Is(row, key)) ?? throw ApiRefusal.NotFound("collaborator");
    }

    private static bool Is(CollaboratorView row, string key) =>
        string.Equals(row.Account.Email, key, StringComparison.OrdinalIgnoreCase)
        || row.Id.ToString() == key
        || row.Account.Id.ToString() == key;

    private static CollaboratorResource ToResource(CollaboratorView row, AppView app) =>
        new(
            app.ToRef(),
            row.CreatedAt,
            row.Id,
            PermissionsOf(row.Role),
            row.Role == AppRole.Owner ? "owner" : "collaborator",
            row.UpdatedAt,
            ToUser(row.Account)
        );

    private static CollaboratorResource ToResource(TeamMemberView member, AppView app) =>
        new(
            app.ToRef(),
            member.JoinedAt,
            StableIds.Of("team member", $"{app.Id}/{member.Account.Id}"),
            PermissionsOf(AccessPolicy.RoleInApps(member.Role)),
            TeamMapping.Word(member.Role),
            member.JoinedAt,
            ToUser(member.Account)
        );

    private static PermissionResource[] PermissionsOf(AppRole role) =>
        role switch
        {
            AppRole.Owner => OwnerPermissions,
            AppRole.Collaborator => CollaboratorPermissions,
            _ => ViewerPermissions,
        };

    private static CollaboratorUserRef ToUser(AccountRef account) => new(account.Email, Federated: false, account.Id.Value);
}
