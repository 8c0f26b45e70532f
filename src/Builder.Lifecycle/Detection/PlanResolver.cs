using System.Collections.Immutable;

namespace NeetoDeploy.Builder.Lifecycle.Detection;

/// <summary>
/// Finds the first choice of alternatives, left to right and depth first, in which everything required is provided by the same or an earlier buildpack,
/// and everything provided is required by the same or a later one (platform specification, "Phase #1: Detection").
/// </summary>
internal static class PlanResolver
{
    /// <summary>The buildpacks that stay and their plan; null when no choice works.</summary>
    public static ResolvedPlan? Resolve(IReadOnlyList<(GroupMember Member, BuildPlanToml Plan)> members) =>
        Choices([.. members.Select(m => PlanOption.Of(m.Member, m.Plan))], []).Select(Try).FirstOrDefault(plan => plan is not null);

    private static IEnumerable<ImmutableList<PlanOption>> Choices(
        ImmutableList<IReadOnlyList<PlanOption>> rest,
        ImmutableList<PlanOption> chosen
    ) => rest.IsEmpty ? [chosen] : rest[0].SelectMany(option => Choices(rest.RemoveAt(0), chosen.Add(option)));

    private static ResolvedPlan? Try(ImmutableList<PlanOption> trial)
    {
        while (true)
        {
            var needs = PlanNeeds.Of(trial);
            var misfits = needs.Misfits.ToList();
            if (misfits.Count == 0)
                return trial.IsEmpty ? null : new([.. trial.Select(o => o.Member)], needs.ToPlan());
            if (misfits.Exists(m => !m.Droppable))
                return null;
            trial = trial.RemoveAll(misfits.Contains);
        }
    }
}

/// <summary>A group that works.</summary>
internal sealed record ResolvedPlan(ImmutableArray<GroupMember> Members, PlanToml Plan);
