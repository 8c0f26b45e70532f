using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Runs;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Dynos;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Reconciling;

namespace NeetoDeploy.Grains.Runs;

/// <summary>Brings a run to its end.</summary>
public sealed partial class RunGrain
{
    private const int MostRounds = 10;
    private static readonly TimeSpan UnsettledPause = TimeSpan.FromSeconds(10);

    private DynoHandle? handle;
    private Task? output;
    private string? startError;
    private bool isAnnounced;
    private bool isTold;

    protected override async Task<ReconcileOutcome> ReconcileOnceAsync(CancellationToken cancel)
    {
        if (state.Value.Life is null)
            return ReconcileOutcome.Settled;
        TimeSpan? pause = null;
        for (var round = 0; round < MostRounds && !state.Value.Life.HasEnded; round++)
        {
            var before = state.Value.Life;
            var seen = await ObserveAsync(cancel);
            RunChanges changes = null!;
            await state.CommitAsync(s =>
            {
                changes = RunReconciler.Decide(s.Life!, seen, session is not null, Now);
                return changes.Life == s.Life ? s : s with { Life = changes.Life };
            });
            await lines.WriteAsync(App, Key.Name.ToString(), changes.Lines);
            await ApplyAsync(changes.Step, cancel);
            pause = changes.LookAgainIn;
            if (changes.Step == RunStep.None && changes.Life == before)
                break;
        }
        if (!state.Value.Life.HasEnded)
            return ReconcileOutcome.LookAgainIn(pause ?? UnsettledPause);
        await CloseAsync();
        return ReconcileOutcome.Settled;
    }

    private async Task<IncarnationSighting> ObserveAsync(CancellationToken cancel)
    {
        var found = (await driver.ObserveAsync(App, cancel)).FirstOrDefault(seen => seen.Key == Key);
        handle = found?.Handle;
        if (found is null)
            return IncarnationSighting.Absent with { StartError = startError };
        if (found.Phase != DynoPhase.Created && session is null && !state.Value.Life!.IsAttached)
            output ??= NudgeAfterAsync(outputs.FollowAsync(found.Key, found.Handle, state.Value.Command!.Output));
        return Sightings.Of(found) with
        {
            IsTold = isTold,
            IsOutputRead = state.Value.Life!.IsAttached
                ? pump is null or { IsCompleted: true }
                : output is { IsCompletedSuccessfully: true },
            StartError = startError,
        };
    }

    private async Task ApplyAsync(RunStep step, CancellationToken cancel)
    {
        if (step == RunStep.Start)
            await StartDetachedAsync(cancel);
        else if (step == RunStep.Stop && handle is not null)
        {
            await driver.StopAsync(handle, DynoTimings.StopGrace, cancel);
            isTold = true;
        }
        else if (step == RunStep.Remove && handle is not null)
            await driver.RemoveAsync(handle, cancel);
    }

    private async Task StartDetachedAsync(CancellationToken cancel)
    {
        try
        {
            if (await SpecAsync() is not { } spec)
                return;
            handle = (await driver.EnsureAsync(spec, cancel)).Handle;
        }
        catch (DriverException e) when (!e.IsTransient)
        {
            startError = e.Message;
        }
    }

    /// <summary>What to start; null when its release has gone, which is noted as the reason.</summary>
    private async Task<DynoSpec?> SpecAsync()
    {
        var command = state.Value.Command!;
        var runnable = await GrainFactory.Releases(App).GetRunnableAsync(state.Value.Release);
        if (runnable?.Release.Slug is not { } slug)
        {
            startError = $"release {state.Value.Release} has nothing to run";
            return null;
        }
        if (!isAnnounced)
            await lines.WriteAsync(
                App,
                Key.Name.ToString(),
                DynoLines.Starting(command.Command, command.User.Email),
                DynoLines.Changed("starting", "up")
            );
        isAnnounced = true;
        // A release phase runs as its process type, whose command the image knows better than a shell.
        var (image, start) =
            Key.Name.Type == ProcessType.Release && slug.ProcessTypes.GetValueOrDefault(command.Type) == command.Command
                ? DynoStarts.Process(slug, Key.Name.Type)
                : DynoStarts.Line(slug, Key.Name.Type, command.Command);
        var environment = DynoEnvironment.ForRun(Key, Size, runnable, await GrainFactory.App(App).GetAsync(), command.Environment);
        var terminal = command.Terminal is var (columns, rows) ? new TerminalSize(columns, rows) : null;
        return new DynoSpec(Key, image, start, environment, Size, terminal);
    }

    /// <summary>Tells everybody who waits for the end.</summary>
    private async Task CloseAsync()
    {
        if (state.Value.IsClosed)
            return;
        if (state.Value.Command!.Output is { } stream)
            await GrainFactory.Output(stream).CompleteAsync();
        await GrainFactory.Formation(App).CloseRunAsync(Run);
        await EndSessionAsync();
        await state.CommitAsync(s => s with { IsClosed = true });
        if (Key.Name.Type == ProcessType.Release)
            await GrainFactory.Releases(App).ReconcileAsync();
    }

    private async Task NudgeAfterAsync(Task work)
    {
        await work;
        Nudge();
    }
}
