using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Grains.Teams;

/// <summary>What the lists of others show of the team.</summary>
public sealed partial class TeamGrain
{
    public Task<ImmutableArray<AppId>> ListAppsAsync() => Task.FromResult<ImmutableArray<AppId>>([.. state.Value.Apps]);

    public Task SetAppAsync(AppId app, bool isOwned) =>
        state.CommitAsync(s => s.Apps.Contains(app) == isOwned ? s : s with { Apps = isOwned ? s.Apps.Add(app) : s.Apps.Remove(app) });

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        // What a crash kept from being told is told now; those whom this waits for may wait for the team.
        if (state.Value.Id is not null)
            TellAsync([.. state.Value.Members.Select(member => member.Account)]).Ignore();
    }

    /// <summary>Lets members, former ones and apps write their lists anew. They may lag behind, so a failure is only noted: the next change or activation tells them again.</summary>
    private async Task TellAsync(IReadOnlyCollection<AccountRef> accounts)
    {
        var name = TeamName.Parse(Key);
        try
        {
            foreach (var account in accounts)
                await GrainFactory.Account(account.Email).SetTeamAsync(name, RoleOf(account.Id) != TeamRole.None);
            await Task.WhenAll(state.Value.Apps.Select(app => GrainFactory.App(app).TeamChangedAsync()));
        }
        catch (Exception e)
        {
            log.LogWarning(e, "The lists do not show the newest state of team {Team}", Key);
        }
    }
}
