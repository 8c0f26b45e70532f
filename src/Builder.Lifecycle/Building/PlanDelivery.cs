using NeetoDeploy.Builder.Lifecycle.Detection;

namespace NeetoDeploy.Builder.Lifecycle.Building;

/// <summary>Hands the plan's entries to their providers. What a buildpack does not pass on is met and gone.</summary>
internal sealed class PlanDelivery(PlanToml plan)
{
    private List<PlanEntryToml> entries = plan.Entries;

    /// <summary>What one buildpack is asked for.</summary>
    public BuildpackPlanToml For(string buildpack) =>
        new() { Entries = [.. entries.Where(e => Provides(e, buildpack)).SelectMany(e => e.Requires)] };

    /// <summary>Takes away what the buildpack has met.</summary>
    /// <exception cref="LifecycleException">It leaves something unmet that it was not asked for.</exception>
    public void Met(string buildpack, IReadOnlyCollection<UnmetToml> unmet)
    {
        var asked = For(buildpack).Entries;
        if (unmet.FirstOrDefault(u => !asked.Exists(a => a.Name == u.Name)) is { } stranger)
            throw new LifecycleException(
                ExitCodes.Build,
                $"buildpack {buildpack} calls '{stranger.Name}' unmet in build.toml, which nobody required of it"
            );
        entries = [.. entries.Where(e => !Provides(e, buildpack) || e.Requires.Exists(r => unmet.Any(u => u.Name == r.Name)))];
    }

    private static bool Provides(PlanEntryToml entry, string buildpack) => entry.Providers.Exists(p => p.Id == buildpack);
}
