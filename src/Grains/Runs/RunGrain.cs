using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Core.Runs;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Dynos;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Dynos;
using NeetoDeploy.Grains.Interfaces.Runs;
using NeetoDeploy.Grains.Logs;
using NeetoDeploy.Grains.Reconciling;
using NeetoDeploy.Grains.Storage;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Runs;

/// <summary>One one-off dyno. <see cref="RunReconciler"/> decides; this grain observes and acts.</summary>
[GrainType("run")]
public sealed partial class RunGrain(
    [PersistentState(RunState.StateName)] IPersistentState<RunState> storage,
    IDynoDriver driver,
    DynoOutputFollower outputs,
    PlatformLog lines,
    ReconcileServices services
) : ReconcilingGrain(services), IRunGrain
{
    private readonly Stored<RunState> state = new(storage);

    private AppId App => GrainKeys.AppOf(this.GetPrimaryKeyString())!.Value;

    private RunId Run => RunId.Parse(this.GetPrimaryKeyString().Split('/')[1]);

    private DynoKey Key => new(App, state.Value.Name!.Value, state.Value.Release, 1);

    protected override WorkItem Work => new(WorkKinds.Run, this.GetPrimaryKeyString());

    protected override bool HasWork => state.Value is { Life: not null, IsClosed: false };

    public async Task<Result<RunView>> StartAsync(StartRun command)
    {
        if (state.Value.Life is not null)
            return View();
        if (
            string.IsNullOrWhiteSpace(command.Command)
            || command.Command.Contains('\0')
            || !ProcessType.TryParse(command.Type, null, out var type)
        )
            return new Error(ErrorCodes.RunInvalidCommand, "Say what to run: a command without NUL characters, and a valid process type.");
        if (command.Size is not null && DynoSize.Find(command.Size) is null)
            return new Error(ErrorCodes.FormationUnknownSize, $"No such type as {command.Size}.");
        if (await GrainFactory.App(App).GetAsync() is null)
            return new Error(ErrorCodes.AppNotFound, "Couldn't find that app.");
        if (await GrainFactory.Releases(App).GetRunnableAsync(command.Release) is not { Release.Slug: not null } runnable)
            return new Error(ErrorCodes.ReleaseNoImage, "There is nothing to run yet: deploy the app first.");
        var name = await GrainFactory.Formation(App).OpenRunAsync(Run, type);
        await IntendAsync(() =>
            state.CommitAsync(s =>
                s with
                {
                    Command = command,
                    Name = name,
                    Release = runnable.Release.Version,
                    ReleaseId = runnable.Release.Id,
                    Life = RunLife.Begin(command.IsAttached, Now),
                }
            )
        );
        return View();
    }

    public Task<RunView?> GetAsync() => Task.FromResult(state.Value.Life is null ? null : View());

    public async Task<Result<RunView>> StopAsync()
    {
        if (state.Value.Life is not { } life)
            return new Error(ErrorCodes.RunNotFound, "Couldn't find that dyno.");
        if (life.Stage is RunStage.Waiting or RunStage.Running)
            await EndEarlyAsync();
        return View();
    }

    public async Task<bool> ForgetAsync()
    {
        if (state.Value.Life is null)
            return true;
        if (!state.Value.IsClosed)
            return false;
        await state.ClearAsync();
        return true;
    }

    private async Task EndEarlyAsync()
    {
        await IntendAsync(() =>
            state.CommitAsync(s =>
                s.Life is { Stage: RunStage.Waiting or RunStage.Running } life ? s with { Life = life.Enter(RunStage.Stopping, Now) } : s
            )
        );
        await lines.WriteAsync(App, state.Value.Name.ToString()!, DynoLines.Stopping);
    }

    private RunView View()
    {
        var (command, life) = (state.Value.Command!, state.Value.Life!);
        var status = life.Stage switch
        {
            RunStage.Waiting => DynoStatus.Starting,
            RunStage.Running when !life.WasSeen => DynoStatus.Starting,
            RunStage.Running => DynoStatus.Up,
            _ => DynoStatus.Down,
        };
        var dyno = new DynoView(
            DynoIdentity.IdOf(Key.ToString()),
            App,
            Key.Name,
            command.Command,
            Size,
            status,
            state.Value.ReleaseId,
            state.Value.Release,
            life.CreatedAt,
            life.Since
        );
        return new RunView(dyno, life.HasEnded, life.ExitCode);
    }

    private DynoSize Size => state.Value.Command?.Size is { } size ? DynoSize.Find(size)! : DynoSize.Default;
}
