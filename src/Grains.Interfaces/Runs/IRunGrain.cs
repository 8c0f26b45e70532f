using System.Collections.Immutable;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Dynos;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Interfaces.Runs;

/// <summary>A one-off dyno and its attached session; release phases are runs too. Key: <c>{app id}/{run id}</c>.</summary>
[Alias("neeto.IRunGrain")]
public interface IRunGrain : IGrainWithStringKey
{
    /// <summary>
    /// Starts a detached run at once; an attached one waits for its session (at most 60 s). Repeating it answers the run as it is.
    /// </summary>
    [Requires(AppAction.Operate), Alias("Start")]
    Task<Result<RunView>> StartAsync(StartRun command);

    /// <summary>The run; null when there is none.</summary>
    [Requires(AppAction.View), AlwaysInterleave, Alias("Get")]
    Task<RunView?> GetAsync();

    /// <summary>Does nothing for who may operate the app's runs, and is refused for everybody else: whoever carries a session for a person asks now and then.</summary>
    [Requires(AppAction.Operate), AlwaysInterleave, Alias("CheckOperator")]
    Task CheckOperatorAsync();

    /// <summary>Starts the process of an attached run and sends its output to the observer, in order, until it has ended.</summary>
    [PlatformOnly, Alias("Attach")]
    Task<Result<RunView>> AttachAsync(IRunObserver observer);

    /// <summary>Bytes for standard input; an empty array closes it.</summary>
    [PlatformOnly, AlwaysInterleave, Alias("WriteInput")]
    Task WriteInputAsync(byte[] bytes);

    /// <summary>How large the terminal of an attached run is now; each from 1 to 9,999.</summary>
    [PlatformOnly, AlwaysInterleave, Alias("Resize")]
    Task ResizeAsync(int columns, int lines);

    /// <summary>Nobody is attached any more: hang up.</summary>
    [PlatformOnly, Alias("Detach")]
    Task DetachAsync();

    /// <summary>SIGTERM, 30 s, SIGKILL.</summary>
    [Requires(AppAction.Operate), Alias("Stop")]
    Task<Result<RunView>> StopAsync();

    /// <summary>Removes what is remembered of the run. False: it has not ended yet, ask again.</summary>
    [PlatformOnly, Alias("Forget")]
    Task<bool> ForgetAsync();

    /// <summary>Looks again at what remains to be done.</summary>
    [PlatformOnly, Alias("Reconcile")]
    Task ReconcileAsync();
}

/// <summary>Receives an attached run's output.</summary>
[Alias("neeto.IRunObserver")]
public interface IRunObserver : IGrainObserver
{
    /// <summary>The next bytes; the answer is the back-pressure.</summary>
    [Alias("Output")]
    Task OutputAsync(byte[] bytes);

    /// <summary>The process has ended and all output was sent.</summary>
    [Alias("Ended")]
    Task EndedAsync(int exitCode);
}

/// <summary>What to run once.</summary>
/// <param name="Type">The process type the dyno is named after: <c>run</c>, <c>release</c>, <c>scheduler</c>.</param>
/// <param name="Command">A line for the app's shell.</param>
/// <param name="Environment">Beside the config vars, such as TERM.</param>
/// <param name="Size">Null: the default size.</param>
/// <param name="Terminal">Columns and rows; null without a terminal.</param>
/// <param name="Release">Which release's image and config vars; null: the current one.</param>
/// <param name="Output">Where to write its output besides the log (release phases); null: only the log, or the session.</param>
/// <param name="IsAttached">Wait for a session, and send the output there instead of the log.</param>
[GenerateSerializer, Immutable, Alias("neeto.StartRun")]
public sealed record StartRun(
    [property: Id(0)] string Type,
    [property: Id(1)] string Command,
    [property: Id(2)] ImmutableSortedDictionary<string, string> Environment,
    [property: Id(3)] string? Size,
    [property: Id(4)] (int Columns, int Lines)? Terminal,
    [property: Id(5)] ReleaseVersion? Release,
    [property: Id(6)] OutputId? Output,
    [property: Id(7)] bool IsAttached,
    [property: Id(8)] AccountRef User
);

/// <summary>A one-off dyno as people see it.</summary>
/// <param name="ExitCode">Set when it has ended.</param>
[GenerateSerializer, Immutable, Alias("neeto.RunView")]
public sealed record RunView([property: Id(0)] DynoView Dyno, [property: Id(1)] bool HasEnded, [property: Id(2)] int? ExitCode);
