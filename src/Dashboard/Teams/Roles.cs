using NeetoDeploy.Core.Teams;

namespace NeetoDeploy.Dashboard.Teams;

/// <summary>Roles as pages say them.</summary>
internal static class Roles
{
    /// <summary>From most to least.</summary>
    public static readonly TeamRole[] All = [TeamRole.Owner, TeamRole.Admin, TeamRole.Member, TeamRole.Viewer];

    public static string Word(TeamRole role) => role.ToString().ToLowerInvariant();

    /// <summary>What it lets somebody do.</summary>
    public static string Meaning(TeamRole role) =>
        role switch
        {
            TeamRole.Owner => "all, and say who owns the team",
            TeamRole.Admin => "share, rename and destroy apps, and say who is in the team",
            TeamRole.Member => "create, deploy and configure apps",
            TeamRole.Viewer => "see apps and their logs, but no config vars",
            _ => "nothing",
        };
}
