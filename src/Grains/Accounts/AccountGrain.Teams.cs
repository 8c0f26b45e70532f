using System.Collections.Immutable;
using NeetoDeploy.Core.Teams;

namespace NeetoDeploy.Grains.Accounts;

/// <summary>The teams that the account is in, as these have told it.</summary>
public sealed partial class AccountGrain
{
    public Task<ImmutableArray<TeamName>> ListTeamsAsync()
    {
        AdmitOnlyTheHolder();
        return Task.FromResult<ImmutableArray<TeamName>>([.. state.Value.Teams.Select(name => TeamName.Parse(name))]);
    }

    public Task SetTeamAsync(TeamName team, bool isMember) =>
        state.CommitAsync(s =>
            s.Teams.Contains(team.ToString()) == isMember
                ? s
                : s with
                {
                    Teams = isMember ? s.Teams.Add(team.ToString()) : s.Teams.Remove(team.ToString()),
                }
        );
}
