using Microsoft.Extensions.Logging;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Core.Runs;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Interfaces.Runs;

namespace NeetoDeploy.Grains.Runs;

/// <summary>The session of an attached run. It lives as long as this activation: when the silo dies, so does the session, and the run is stopped.</summary>
public sealed partial class RunGrain
{
    private const int ChunkBytes = 64 << 10;

    private readonly SemaphoreSlim inputOrder = new(1);
    private IAttachedDyno? session;
    private IRunObserver? observer;
    private Task? pump;

    public async Task<Result<RunView>> AttachAsync(IRunObserver observer)
    {
        if (state.Value.Life is not { Stage: RunStage.Waiting })
            return new Error(ErrorCodes.RunNotFound, "This dyno does not wait for a session.");
        if (driver is not ISupportsAttach attach)
            return new Error(ErrorCodes.RunInvalidCommand, "This installation cannot attach to dynos.");
        try
        {
            if (await SpecAsync() is not { } spec)
                return new Error(ErrorCodes.ReleaseNoImage, startError!);
            session = await attach.StartAttachedAsync(spec, CancellationToken.None);
        }
        catch (DriverException e)
        {
            Log.LogWarning(e, "{Dyno} cannot be started", Key);
            await EndEarlyAsync();
            return new Error(e.Code, e.Message);
        }
        this.observer = observer;
        await IntendAsync(() => state.CommitAsync(s => s with { Life = s.Life!.Enter(RunStage.Running, Now) with { WasSeen = true } }));
        pump = PumpAsync(session, observer);
        return View();
    }

    public async Task WriteInputAsync(byte[] bytes)
    {
        await inputOrder.WaitAsync();
        try
        {
            if (session is not { } current)
                return;
            if (bytes.Length == 0)
                await current.CloseInputAsync(CancellationToken.None);
            else
                await current.WriteAsync(bytes, CancellationToken.None);
        }
        catch (DriverException e)
        {
            Log.LogDebug(e, "{Dyno} takes no more input", Key);
        }
        finally
        {
            inputOrder.Release();
        }
    }

    public async Task ResizeAsync(int columns, int lines)
    {
        try
        {
            if (session is { } current)
                await current.ResizeAsync(new TerminalSize(Extent(columns), Extent(lines)), CancellationToken.None);
        }
        catch (DriverException e)
        {
            Log.LogDebug(e, "The terminal of {Dyno} keeps its size", Key);
        }

        static int Extent(int asked) => Math.Clamp(asked, 1, 9_999);
    }

    // The door has checked it.
    public Task CheckOperatorAsync() => Task.CompletedTask;

    public Task DetachAsync() => state.Value.Life is { Stage: RunStage.Waiting or RunStage.Running } ? EndEarlyAsync() : Task.CompletedTask;

    /// <summary>Carries output to the observer in the pieces in which it comes, each after the one before has been taken.</summary>
    private async Task PumpAsync(IAttachedDyno from, IRunObserver to)
    {
        await Task.Yield();
        var buffer = new byte[ChunkBytes];
        try
        {
            while (await from.ReadAsync(buffer, CancellationToken.None) is var count and > 0)
                await to.OutputAsync(buffer[..count]);
        }
        catch (DriverException e)
        {
            Log.LogDebug(e, "The output of {Dyno} broke off", Key);
        }
        catch (Exception e)
        {
            Log.LogInformation(e, "Nobody takes the output of {Dyno} any more", Key);
            await DetachAsync();
        }
        Nudge();
    }

    private async Task EndSessionAsync()
    {
        if (session is not { } ended)
            return;
        session = null;
        try
        {
            if (pump is not null)
                await pump;
            await observer!.EndedAsync(state.Value.Life!.ExitCode ?? RunReconciler.LostExitCode);
        }
        catch (Exception e)
        {
            Log.LogDebug(e, "Nobody was attached to {Dyno} at its end", Key);
        }
        await ended.DisposeAsync();
    }
}
