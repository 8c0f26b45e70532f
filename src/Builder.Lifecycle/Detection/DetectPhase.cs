using System.Collections.Immutable;
using NeetoDeploy.Builder.Lifecycle.Buildpacks;
using NeetoDeploy.Builder.Lifecycle.Documents;
using NeetoDeploy.Builder.Lifecycle.Platform;

namespace NeetoDeploy.Builder.Lifecycle.Detection;

/// <summary>Chooses the first group of buildpacks that applies to the app, and writes <c>group.toml</c> and <c>plan.toml</c>.</summary>
internal sealed class DetectPhase(
    LifecyclePaths paths,
    BuildpackCatalog catalog,
    GroupCandidates candidates,
    DetectPrograms programs,
    TextWriter errors
)
{
    private readonly List<DetectResult> seen = [];

    /// <exception cref="LifecycleException">No group applies.</exception>
    public async Task RunAsync()
    {
        if (!File.Exists(paths.Order))
            throw new LifecycleException(ExitCodes.Detect, $"there is no order of buildpacks at {paths.Order}");
        var order = TomlFile.Read(paths.Order, LifecycleToml.Default.OrderToml, ExitCodes.Detect);
        var system = TomlFile.Read(paths.System, LifecycleToml.Default.SystemToml, ExitCodes.Detect);
        foreach (var entry in order.Order.Select(system.Merge))
        {
            var turns = Turns.Of(entry.Group, catalog).ToList();
            if (turns.Count > 0 && await FindAsync(turns[0]) is { } resolved)
            {
                Write(resolved, [.. turns.Skip(1).SelectMany(turn => turn)]);
                return;
            }
        }
        throw new DetectRefusal(seen, errors).Of(order.Order);
    }

    /// <summary>Asks buildpacks whose turn has come; null when none of them has to do anything.</summary>
    /// <exception cref="LifecycleException">One that is needed does not apply.</exception>
    public async Task<ResolvedPlan?> TakeTurnAsync(IReadOnlyList<OrderBuildpack> turn)
    {
        seen.Clear();
        var resolved = await FindAsync(turn);
        return resolved is not null || turn.All(entry => entry.Optional)
            ? resolved
            : throw new DetectRefusal(seen, errors).Of([new() { Group = [.. turn] }]);
    }

    private async Task<ResolvedPlan?> FindAsync(IReadOnlyList<OrderBuildpack> turn)
    {
        foreach (var group in candidates.Expand([new OrderEntry { Group = [.. turn] }]))
        {
            if (await TryAsync(group) is { } resolved)
                return resolved;
        }
        return null;
    }

    private async Task<ResolvedPlan?> TryAsync(ImmutableList<GroupMember> group)
    {
        var results = await programs.RunAsync(group);
        seen.AddRange(results);
        var members = group.Zip(results).ToList();
        if (members.Exists(m => !m.Second.Passed && !m.First.Optional))
            return null;
        return PlanResolver.Resolve([.. members.Where(m => m.Second.Passed).Select(m => (m.First, m.Second.Plan))]);
    }

    private void Write(ResolvedPlan resolved, List<OrderBuildpack> awaiting)
    {
        var group = new GroupToml
        {
            Group = [.. resolved.Members.Select(m => GroupBuildpack.Of(m.Buildpack))],
            Awaiting = awaiting,
            Candidates = [.. Turns.Candidates(awaiting, catalog)],
        };
        TomlFile.Write(paths.Group, group, LifecycleToml.Default.GroupToml);
        TomlFile.Write(paths.Plan, resolved.Plan.ToTable());
    }
}
