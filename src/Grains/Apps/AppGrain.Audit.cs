using NeetoDeploy.Grains.Audit;

namespace NeetoDeploy.Grains.Apps;

/// <summary>What the audit log compares.</summary>
public sealed partial class AppGrain : IAudited
{
    IEnumerable<AuditFact> IAudited.Facts()
    {
        if (!IsAlive)
            yield break;
        var s = state.Value;
        yield return new("name", s.Name.ToString());
        yield return new("owner", s.Team is { } team ? $"team {team.Name}" : s.Owner!.Email);
        yield return new("stack", s.Stack);
        yield return new("maintenance", s.Maintenance ? "on" : "off");
        if (!s.Buildpacks.IsEmpty)
            yield return new("buildpacks", string.Join(", ", s.Buildpacks));
        foreach (var feature in s.Features)
            yield return new($"feature {feature}", "on");
        foreach (var domain in s.Domains)
            yield return new($"domain {domain.Host}", "here");
        foreach (var collaborator in s.Collaborators)
            yield return new($"collaborator {collaborator.Account.Email}", RoleOf(collaborator.Account.Id).ToString().ToLowerInvariant());
    }
}
