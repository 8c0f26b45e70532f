using NeetoDeploy.Grains.Audit;

namespace NeetoDeploy.Grains.Accounts;

/// <summary>What the audit log compares.</summary>
public sealed partial class AccountGrain : IAudited
{
    IEnumerable<AuditFact> IAudited.Facts()
    {
        if (state.Value.Id is null)
            yield break;
        yield return new("administrator", state.Value.IsAdmin ? "yes" : "no");
        if (state.Value.DeactivatedAt is not null)
            yield return new("deactivated", "yes");
        if (state.Value.PasswordHash is { } password)
            yield return new("password", password, IsSecret: true);
        if (state.Value.SecondFactor is not null)
            yield return new("second factor", "on");
        foreach (var token in state.Value.Tokens)
            yield return new($"{(token.IsSession ? "session" : "token")} {token.Id}", token.Hash, IsSecret: true);
    }
}
