namespace NeetoDeploy.Builder.Lifecycle.Detection;

/// <summary>A buildpack with one of the alternatives it offers.</summary>
/// <param name="Droppable">It may be left out when this alternative does not work; said of the last alternative of an optional buildpack only.</param>
internal sealed record PlanOption(
    GroupMember Member,
    bool Droppable,
    IReadOnlyList<ProvideToml> Provides,
    IReadOnlyList<RequireToml> Requires
)
{
    /// <summary>A member's alternatives in the order in which they are tried.</summary>
    public static IReadOnlyList<PlanOption> Of(GroupMember member, BuildPlanToml plan)
    {
        var last = plan.Or.Count;
        return
        [
            new(member, member.Optional && last == 0, plan.Provides, plan.Requires),
            .. plan.Or.Select((a, i) => new PlanOption(member, member.Optional && i == last - 1, a.Provides, a.Requires)),
        ];
    }
}
