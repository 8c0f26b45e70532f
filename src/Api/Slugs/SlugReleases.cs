using NeetoDeploy.Api.Http;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Api.Slugs;

/// <summary>Releases of slugs. One that another app of the caller has is taken over first, which moves no layer.</summary>
internal static class SlugReleases
{
    public static async Task<Result<ReleaseView>> ReleaseAsync(ApiRequest request, Guid slug, string? description)
    {
        var ledger = request.Grains.Releases(request.App.Id);
        var released = await ledger.ReleaseSlugAsync(slug, description);
        if (released.Error?.Code != ErrorCodes.SlugNotFound)
            return released;
        if (await request.Grains.AppList().FindOfSlugAsync(slug) is not { } from || from == request.App.Id)
            return released;
        return await TakeOverAsync(request, from, slug) is { } refused ? refused : await ledger.ReleaseSlugAsync(slug, description);
    }

    /// <summary>Null when the app has it now.</summary>
    private static async Task<Error?> TakeOverAsync(ApiRequest request, AppId from, Guid slug)
    {
        var begun = await request.Grains.App(request.App.Id).CopySlugAsync(from, slug);
        if (!begun.IsOk)
            return begun.Error;
        var actor = request.Actor;
        var ended = await new BuildEnd(request.Grains, request.App.Id, begun.Value.Id).WaitAsync(request.Cancel);
        CallContext.Act(actor);
        return ended?.Status == BuildStatus.Succeeded
            ? null
            : new Error(ErrorCodes.SlugNotReady, $"The slug could not be taken over: {ended?.Failure?.Message ?? "it was cancelled"}.");
    }
}
