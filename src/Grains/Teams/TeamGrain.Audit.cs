using NeetoDeploy.Grains.Audit;

namespace NeetoDeploy.Grains.Teams;

/// <summary>What the audit log compares.</summary>
public sealed partial class TeamGrain : IAudited
{
    IEnumerable<AuditFact> IAudited.Facts()
    {
        foreach (var member in state.Value.Members)
            yield return new($"member {member.Account.Email}", member.Role.ToString().ToLowerInvariant());
        foreach (var invitation in state.Value.Invitations.Where(IsOpen))
            yield return new($"invitation {invitation.Email}", invitation.Role.ToString().ToLowerInvariant());
    }
}
