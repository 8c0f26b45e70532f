using System.Collections.Immutable;
using NeetoDeploy.Builder.Lifecycle.Buildpacks;

namespace NeetoDeploy.Builder.Lifecycle.Detection;

/// <summary>
/// The groups that an order stands for, best first: a composite buildpack is replaced by each of its own groups in turn, depth first, and an
/// optional one also by nothing. A buildpack that is already in a group is not added again.
/// </summary>
internal sealed class GroupCandidates(BuildpackCatalog catalog)
{
    public IEnumerable<ImmutableList<GroupMember>> Expand(IEnumerable<OrderEntry> order) =>
        order.SelectMany(entry => Expand([.. entry.Group], []));

    private IEnumerable<ImmutableList<GroupMember>> Expand(ImmutableList<OrderBuildpack> rest, ImmutableList<GroupMember> done)
    {
        while (!rest.IsEmpty)
        {
            var head = rest[0];
            rest = rest.RemoveAt(0);
            if (done.Exists(m => m.Buildpack.Id == head.Id))
                continue;
            var buildpack = catalog.Find(head.Id, head.Version);
            if (buildpack.IsComposite)
                return ExpandComposite(buildpack, head.Optional, rest, done);
            done = done.Add(new(buildpack, head.Optional));
        }
        return [done];
    }

    private IEnumerable<ImmutableList<GroupMember>> ExpandComposite(
        Buildpack composite,
        bool optional,
        ImmutableList<OrderBuildpack> rest,
        ImmutableList<GroupMember> done
    )
    {
        foreach (var entry in composite.Descriptor.Order)
        {
            foreach (var group in Expand(rest.InsertRange(0, entry.Group), done))
                yield return group;
        }
        if (!optional)
            yield break;
        foreach (var group in Expand(rest, done))
            yield return group;
    }
}
