using NeetoDeploy.Core.Images;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Reconciling;

namespace NeetoDeploy.Grains.Releases;

/// <summary>Removes what is no longer kept of old releases, and everything in the end. <see cref="ReleaseRetention"/> decides.</summary>
public sealed partial class ReleaseLedgerGrain
{
    /// <summary>Held while images are removed: a build that has just made one of them again must not be released meanwhile.</summary>
    private readonly SemaphoreSlim removing = new(1);

    public async Task<bool> DestroyAsync()
    {
        foreach (var release in state.Value.Releases.Where(r => !r.IsPhaseOver))
        {
            if (!await PhaseRun(release).ForgetAsync())
                return false;
        }
        foreach (var release in state.Value.Releases.Where(r => r.Output is not null))
            await GrainFactory.Output(release.Output!.Value).DestroyAsync();
        await state.ClearAsync();
        return true;
    }

    private async Task<ReconcileOutcome> RetireAsync(CancellationToken cancel)
    {
        foreach (var release in state.Value.WithOldOutput().ToList())
        {
            await GrainFactory.Output(release.Output!.Value).DestroyAsync();
            await state.CommitAsync(s => s.DropOutput(release.Version));
        }
        if (!state.Value.LeavingSlugs.IsEmpty)
            await RemoveImagesAsync(cancel);
        return ReconcileOutcome.Settled;
    }

    private async Task RemoveImagesAsync(CancellationToken cancel)
    {
        await removing.WaitAsync(cancel);
        try
        {
            var s = state.Value;
            foreach (var image in s.Unneeded(s.LeavingSlugs))
                await images.DeleteManifestAsync(image.Repository, image.Digest, cancel);
            // Those from before as well: the engine may have been using one when its turn came.
            await engine.RemoveImagesAsync(s.Unneeded(s.LeavingSlugs.AddRange(s.GoneSlugs)), cancel);
            await state.CommitAsync(now =>
                now with
                {
                    LeavingSlugs = now.LeavingSlugs.RemoveRange(s.LeavingSlugs),
                    GoneSlugs = now.GoneSlugs.AddRange(s.LeavingSlugs.Except(now.GoneSlugs)),
                }
            );
        }
        finally
        {
            removing.Release();
        }
    }

    /// <summary>
    /// Whether a build's images may have been removed with an old release since they were made: from the same source they are the very same. From now on they
    /// are kept.
    /// </summary>
    private async Task<bool> MayBeGoneAsync(IEnumerable<ImageRef> made)
    {
        await removing.WaitAsync();
        try
        {
            var wasRetired = false;
            await state.CommitAsync(s =>
            {
                var next = s.Reprieve(made);
                wasRetired = !ReferenceEquals(next, s);
                return next;
            });
            return wasRetired;
        }
        finally
        {
            removing.Release();
        }
    }
}
