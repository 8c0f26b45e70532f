using System.ComponentModel;
using NeetoDeploy.Builder.Lifecycle.Buildpacks;
using NeetoDeploy.Builder.Lifecycle.Classic;
using NeetoDeploy.Builder.Lifecycle.Detection;
using NeetoDeploy.Builder.Lifecycle.Documents;
using NeetoDeploy.Builder.Lifecycle.Platform;
using NeetoDeploy.Builder.Lifecycle.Restoration;

namespace NeetoDeploy.Builder.Lifecycle.Building;

/// <summary>Runs the group's <c>bin/build</c> programs one after the other and writes <c>config/metadata.toml</c>.</summary>
internal sealed class BuildPhase(
    LifecyclePaths paths,
    BuildpackCatalog catalog,
    BuildEnvironment environment,
    DetectPhase detect,
    ClassicRunner classic
)
{
    private readonly List<GroupBuildpack> built = [];
    private readonly ProcessTable processes = new();
    private readonly List<LabelToml> labels = [];
    private readonly List<SliceToml> slices = [];
    private readonly SbomFiles sbom = new(paths);

    /// <exception cref="LifecycleException">A buildpack failed, or what it left makes no sense.</exception>
    public async Task RunAsync()
    {
        var chosen = TomlFile.Read(paths.Group, LifecycleToml.Default.GroupToml, ExitCodes.Build);
        var unfinished = UnfinishedBuild.Load(paths);
        unfinished.Write();
        sbom.Clear();
        var group = chosen.Group.Select(b => catalog.Find(b.Id, b.Version)).ToList();
        var turns = Turns.Of(chosen.Awaiting, catalog).ToList();
        await RunAsync(group, TomlFile.Read(paths.Plan, LifecycleToml.Default.PlanToml, ExitCodes.Build), unfinished, turns);
        while (turns.Count > 0)
        {
            var turn = turns[0];
            turns.RemoveAt(0);
            if (await detect.TakeTurnAsync(turn) is { } resolved)
                await RunAsync([.. resolved.Members.Select(m => m.Buildpack)], resolved.Plan, unfinished, turns);
        }
        WriteMetadata(built);
        unfinished.Remove();
    }

    /// <param name="later">The turns after this one.</param>
    private async Task RunAsync(
        IReadOnlyList<Buildpack> group,
        PlanToml planned,
        UnfinishedBuild unfinished,
        IEnumerable<IReadOnlyList<OrderBuildpack>> later
    )
    {
        var plan = new PlanDelivery(planned);
        foreach (var buildpack in group)
        {
            built.Add(GroupBuildpack.Of(buildpack));
            try
            {
                if (buildpack.IsClassic)
                    await RunClassicAsync(buildpack, isLast: !later.Any(IsClassic));
                else
                    await RunAsync(buildpack, plan, unfinished);
            }
            catch (LifecycleException failure) when (failure.Buildpack is null)
            {
                var name = buildpack.IsClassic ? classic.NameOf(buildpack) : buildpack.Name;
                throw new LifecycleException(failure.ExitCode, failure.Message, failure) { Buildpack = name };
            }
        }
    }

    private bool IsClassic(IReadOnlyList<OrderBuildpack> turn) => catalog.Find(turn[0].Id, turn[0].Version).IsClassic;

    /// <summary>Of classic buildpacks only the last one's word on process types counts.</summary>
    private async Task RunClassicAsync(Buildpack buildpack, bool isLast)
    {
        await classic.CompileAsync(buildpack);
        if (isLast)
            processes.Add(buildpack.Id, buildpack.Api, await classic.ReleaseAsync(buildpack));
    }

    private async Task RunAsync(Buildpack buildpack, PlanDelivery plan, UnfinishedBuild unfinished)
    {
        var layers = Path.Combine(paths.Layers, buildpack.FolderName);
        await RunAsync(buildpack, layers, plan.For(buildpack.Id));
        plan.Met(buildpack.Id, TomlFile.Read(Path.Combine(layers, "build.toml"), LifecycleToml.Default.BuildToml, ExitCodes.Build).Unmet);
        CollectLayers(buildpack, layers, unfinished);
        CollectLaunch(buildpack, TomlFile.Read(Path.Combine(layers, "launch.toml"), LifecycleToml.Default.LaunchToml, ExitCodes.Build));
    }

    private async Task RunAsync(Buildpack buildpack, string layers, BuildpackPlanToml plan)
    {
        Directory.CreateDirectory(layers);
        var scratch = Directory.CreateTempSubdirectory("build-");
        try
        {
            var planPath = Path.Combine(scratch.FullName, "plan.toml");
            TomlFile.Write(planPath, plan.ToTable());
            var variables = environment.For(buildpack);
            BuildEnvironment.Name(variables, buildpack, "CNB_LAYERS_DIR", layers);
            BuildEnvironment.Name(variables, buildpack, "CNB_BP_PLAN_PATH", planPath);
            var program = Path.Combine(buildpack.Directory, "bin", "build");
            var exitCode = await BuildpackProgram.RunAsync(program, [layers, paths.PlatformDirectory, planPath], variables, paths.App);
            if (exitCode != 0)
                throw new LifecycleException(ExitCodes.BuildpackFailed, $"Buildpack {buildpack} failed (exit {exitCode}).");
        }
        catch (Win32Exception failure)
        {
            throw new LifecycleException(
                ExitCodes.BuildpackFailed,
                $"Buildpack {buildpack} failed: its bin/build cannot be run: {failure.Message}",
                failure
            );
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    /// <summary>The buildpack has succeeded: its layers are whole, whatever becomes of the build.</summary>
    private void CollectLayers(Buildpack buildpack, string layers, UnfinishedBuild unfinished)
    {
        unfinished.Forget(layers);
        sbom.CollectOwn(buildpack, layers);
        foreach (var layer in LayerFolder.Find(layers))
        {
            var toml = layer.Read(ExitCodes.Build);
            var types = toml.Types ?? new();
            unfinished.Add(layer, toml);
            sbom.Collect(buildpack, layer, types.Launch);
            if (types.Build)
                environment.AddLayer(layer.Path);
            if (types is { Launch: false, Build: false, Cache: false } && Directory.Exists(layer.Path))
                Directory.Move(layer.Path, layer.IgnoredPath);
        }
        unfinished.Write();
    }

    private void CollectLaunch(Buildpack buildpack, LaunchToml launch)
    {
        processes.Add(buildpack.Id, buildpack.Api, launch.Processes);
        labels.AddRange(launch.Labels);
        slices.AddRange(launch.Slices);
    }

    private void WriteMetadata(List<GroupBuildpack> group)
    {
        var metadata = new MetadataToml
        {
            BuildpackDefaultProcessType = processes.DefaultType,
            Buildpacks = group,
            Processes = [.. processes.Processes],
            Labels = labels,
            Slices = slices,
        };
        TomlFile.Write(paths.Metadata, metadata, LifecycleToml.Default.MetadataToml);
    }
}
