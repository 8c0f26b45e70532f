using System.Collections.Immutable;
using NeetoDeploy.Builder.Lifecycle.Buildpacks;
using NeetoDeploy.Builder.Lifecycle.Platform;

namespace NeetoDeploy.Builder.Lifecycle.Detection;

/// <summary>
/// The groups that an order stands for, best first: a composite buildpack is replaced by each of its own groups in turn, depth first, and an
/// optional one also by nothing. A buildpack that is already in a group, or is for another execution environment, is not added.
/// </summary>
internal sealed class GroupCandidates(BuildpackCatalog catalog, ExecutionEnvironment purpose)
{
    // Composites that hold each other would be expanded without end.
    private const int MostComposites = 100;

    public IEnumerable<ImmutableList<GroupMember>> Expand(IEnumerable<OrderEntry> order) =>
        order.SelectMany(entry => Expand([.. entry.Group], [], 0));

    private IEnumerable<ImmutableList<GroupMember>> Expand(
        ImmutableList<OrderBuildpack> rest,
        ImmutableList<GroupMember> done,
        int composites
    )
    {
        while (!rest.IsEmpty)
        {
            var head = rest[0];
            rest = rest.RemoveAt(0);
            if (done.Exists(m => m.Buildpack.Id == head.Id) || !purpose.Admits(head.ExecEnv))
                continue;
            var buildpack = catalog.Find(head.Id, head.Version);
            if (!purpose.Admits(buildpack.ExecutionEnvironments))
                continue;
            if (buildpack.IsComposite)
                return ExpandComposite(buildpack, head.Optional, rest, done, composites + 1);
            done = done.Add(new(buildpack, head.Optional));
        }
        return [done];
    }

    private IEnumerable<ImmutableList<GroupMember>> ExpandComposite(
        Buildpack composite,
        bool optional,
        ImmutableList<OrderBuildpack> rest,
        ImmutableList<GroupMember> done,
        int composites
    )
    {
        if (composites > MostComposites)
            throw new LifecycleException(ExitCodes.Detect, $"the composite buildpack {composite} holds itself");
        foreach (var entry in composite.Descriptor.Order)
        {
            foreach (var group in Expand(rest.InsertRange(0, entry.Group), done, composites))
                yield return group;
        }
        if (!optional)
            yield break;
        foreach (var group in Expand(rest, done, composites))
            yield return group;
    }
}
