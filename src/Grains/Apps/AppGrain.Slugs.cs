using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;

namespace NeetoDeploy.Grains.Apps;

/// <summary>Images that no buildpack makes. What makes them is a build without a place in the order of builds.</summary>
public sealed partial class AppGrain
{
    /// <summary>How many slugs may wait for their upload; then the oldest is given up.</summary>
    public const int SlugsWaiting = 50;

    private const string TooManySlugs = "it was not uploaded, and many later slugs were created";

    public async Task<Result<BuildView>> CreateSlugAsync(CreateSlug command)
    {
        if (!IsAlive)
            return NotFound;
        var stack = command.Stack ?? state.Value.Stack;
        if (!stacks.Names.Contains(stack))
            return UnknownStack(stack);
        var slug = command.Slug.Check();
        if (!slug.IsOk)
            return slug.Error;
        // Another app's image is taken over by the call that looks at who may see it.
        return await MakeAsync(new BuildId(slug.Value.Id), slug.Value with { CopyOf = null }, command.Source, stack);
    }

    public async Task<Result<BuildView>> CopySlugAsync(AppId from, Guid slug)
    {
        if (!IsAlive)
            return NotFound;
        var actor = CallContext.Actor!;
        if (!AccessPolicy.Allows(actor, await GrainFactory.App(from).GetRoleAsync(actor.Id), AppAction.View))
            return UnknownSlug;
        if (await GrainFactory.Releases(from).GetSlugAsync(slug) is not { } original)
            return UnknownSlug;
        var copy = new SlugSpec(
            slug,
            original.ProcessTypes,
            original.BuildpackDescription,
            original.CommitDescription,
            CopyOf: original.Image,
            original.Images
        );
        var source = new SourceRef($"slug:{slug}", original.Commit, original.Checksum);
        return await MakeAsync(new BuildId(Guid.CreateVersion7(Now)), copy, source, original.Stack);
    }

    private static Error UnknownSlug => new(ErrorCodes.SlugNotFound, "Couldn't find that slug.");

    private async Task<Result<BuildView>> MakeAsync(BuildId build, SlugSpec slug, SourceRef source, string stack)
    {
        var queued = new QueuedBuild(new StartBuild(build, source, []), state.Value.Name, stack, User, slug);
        await IntendAsync(() => state.CommitAsync(s => AddSlug(s, queued)));
        return await GrainFactory.Build(id, build).EnqueueAsync(queued);
    }

    private static AppState AddSlug(AppState s, QueuedBuild build)
    {
        if (s.Builds.Any(b => b.Command.Id == build.Command.Id) || s.EndedBuilds.Contains(build.Command.Id))
            return s;
        var waiting = s.Builds.Where(IsUpload).Select(b => b.Command.Id).Where(b => !s.Overtaken.Contains(b)).ToList();
        return s with
        {
            Builds = s.Builds.Add(build),
            Overtaken = waiting.Count < SlugsWaiting ? s.Overtaken : s.Overtaken.Add(waiting[0]),
        };
    }

    private static bool IsUpload(QueuedBuild build) => build.Slug is { CopyOf: null };

    private static bool IsCopy(QueuedBuild build) => build.Slug is { CopyOf: not null };
}
