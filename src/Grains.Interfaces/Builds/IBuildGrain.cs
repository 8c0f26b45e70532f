using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces.Access;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Interfaces.Builds;

/// <summary>One build, from source to release. Key: <c>{app id}/{build id}</c>.</summary>
[Alias("neeto.IBuildGrain")]
public interface IBuildGrain : IGrainWithStringKey
{
    /// <summary>Records the build as queued. Repeating it changes nothing.</summary>
    [PlatformOnly, Alias("Enqueue")]
    Task<BuildView> EnqueueAsync(QueuedBuild build);

    /// <summary>Its turn has come.</summary>
    [PlatformOnly, Alias("Run")]
    Task RunAsync();

    [Requires(AppAction.View), AlwaysInterleave, Alias("Get")]
    Task<BuildView?> GetAsync();

    /// <summary>
    /// Stops the build in whatever phase it is. The answer comes at once; the status follows. A build that has succeeded stays so: then it is the
    /// release phase of its release that is stopped.
    /// </summary>
    [Requires(AppAction.Deploy), Alias("Cancel")]
    Task<Result<BuildView>> CancelAsync(string reason);

    /// <summary>Removes the build and its output. False: it has not ended yet, ask again.</summary>
    [PlatformOnly, Alias("Forget")]
    Task<bool> ForgetAsync();

    /// <summary>Looks again at what remains to be done.</summary>
    [PlatformOnly, Alias("Reconcile")]
    Task ReconcileAsync();
}
