namespace NeetoDeploy.Supervisor.Checks;

/// <summary>What a check of the machine has found.</summary>
/// <param name="Subject">What was looked at: <c>engine</c>, <c>disk</c>, …</param>
/// <param name="Fact">What it is like.</param>
/// <param name="Advice">What to do about it; null when it is well.</param>
/// <param name="IsHint">The advice may be worth following, and nothing is wrong without.</param>
public sealed record Finding(string Subject, string Fact, string? Advice = null, bool IsHint = false)
{
    public bool IsWell => Advice is null || IsHint;
}
