using System.Collections.Immutable;
using NeetoDeploy.Builder.Lifecycle.Buildpacks;
using NeetoDeploy.Builder.Lifecycle.Documents;
using NeetoDeploy.Builder.Lifecycle.Platform;

namespace NeetoDeploy.Builder.Lifecycle.Detection;

/// <summary>Chooses the first group of buildpacks that applies to the app, and writes <c>group.toml</c> and <c>plan.toml</c>.</summary>
internal sealed class DetectPhase(LifecyclePaths paths, GroupCandidates candidates, DetectPrograms programs, TextWriter errors)
{
    private readonly List<DetectResult> seen = [];

    /// <exception cref="LifecycleException">No group applies.</exception>
    public async Task RunAsync()
    {
        if (!File.Exists(paths.Order))
            throw new LifecycleException(ExitCodes.Detect, $"there is no order of buildpacks at {paths.Order}");
        var order = TomlFile.Read(paths.Order, LifecycleToml.Default.OrderToml, ExitCodes.Detect);
        var system = TomlFile.Read(paths.System, LifecycleToml.Default.SystemToml, ExitCodes.Detect);
        foreach (var group in candidates.Expand(order.Order.Select(system.Merge)))
        {
            if (await TryAsync(group) is { } resolved)
            {
                Write(resolved);
                return;
            }
        }
        Refuse();
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

    private void Write(ResolvedPlan resolved)
    {
        var group = resolved
            .Members.Select(m => m.Buildpack)
            .Select(b => new GroupBuildpack
            {
                Id = b.Id,
                Version = b.Version,
                Api = b.Descriptor.Api,
                Homepage = b.Descriptor.Buildpack.Homepage,
            });
        TomlFile.Write(paths.Group, new GroupToml { Group = [.. group] }, LifecycleToml.Default.GroupToml);
        TomlFile.Write(paths.Plan, resolved.Plan.ToTable());
    }

    private void Refuse()
    {
        var tried = seen.DistinctBy(r => r.Buildpack.ToString()).ToList();
        foreach (var result in tried.Where(r => r.Errored))
            errors.Write($" !     {result.Buildpack} failed to detect ({result.Reason ?? $"exit {result.ExitCode}"}):\n{result.Output}");
        foreach (var result in tried.Where(r => r is { Errored: false, Reason: not null }))
            errors.WriteLine($" !     {result.Buildpack} does not take part: {result.Reason}");
        var names = string.Join(", ", tried.Select(r => r.Buildpack.Id));
        throw tried.Exists(r => r.Errored)
            ? new LifecycleException(ExitCodes.DetectErrored, "No buildpack applies to this app, and at least one failed to detect.")
            : new LifecycleException(
                ExitCodes.DetectNonePassed,
                $"No buildpack applies to this app. Tried: {names}.\n"
                    + "Add a file that says what it is at the root of the source: a package.json (Node.js), deno.json, go.mod, pom.xml (Java), .csproj (.NET),\n"
                    + "an index.html (static site), … or a Procfile."
            );
    }
}
