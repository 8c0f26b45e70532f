using System.Collections.Immutable;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Dashboard.Teams;

/// <summary>A team of somebody's, and what they are to it.</summary>
public sealed record OwnTeam(TeamId Id, TeamName Name, TeamRole Role);

/// <summary>The teams of whoever looks.</summary>
public sealed class OwnTeams(Viewer viewer)
{
    /// <summary>By name.</summary>
    public async Task<ImmutableArray<OwnTeam>> ListAsync()
    {
        var names = await viewer.AskAccountAsync(account => account.ListTeamsAsync());
        return [.. (await Task.WhenAll(names.Select(FindAsync))).OfType<OwnTeam>()];
    }

    /// <summary>Those that they may create apps for.</summary>
    public async Task<ImmutableArray<TeamName>> ListForAppsAsync()
    {
        var actor = await viewer.RequireAsync();
        return [.. (await ListAsync()).Where(team => AccessPolicy.Allows(actor, team.Role, TeamAction.AddApps)).Select(team => team.Name)];
    }

    /// <summary>Null: they have just left it.</summary>
    private Task<OwnTeam?> FindAsync(TeamName name) =>
        viewer.TryAskAsync<OwnTeam>(async grains =>
        {
            var team = grains.Team(name);
            return await team.GetAsync() is { } view ? new OwnTeam(view.Id, name, await team.GetOwnRoleAsync()) : null;
        });
}
