using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Dynos;

namespace NeetoDeploy.Builder.Builds;

/// <summary>
/// Lets the engine fetch a new image, which saves the first dyno the wait. An engine that cannot now will have to when a dyno starts, so a failure is not the
/// build's.
/// </summary>
internal sealed class EnginePull(IDynoDriver engine, BuildTranscript transcript)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Whether the engine has it; if not, the transcript says why.</summary>
    public async Task<bool> TryAsync(ImageRef image, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            await engine.PullAsync(image, limit.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            await transcript.LineAsync($" !     The engine could not fetch the image in {Patience.TotalMinutes:0} minutes");
            return false;
        }
        catch (DriverException e)
        {
            await transcript.LineAsync($" !     The engine could not fetch the image yet: {e.Message}");
            return false;
        }
    }
}
