using System.Collections.Concurrent;
using Docker.DotNet.Models;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Networks;

/// <summary>
/// Each incarnation of a dyno joins the network namespace of a sandbox of its own: making one is most of the cost of a start, so a few are kept
/// ready. While a release is replaced, two incarnations may bind the same port; they never share a sandbox. Nothing is remembered here that
/// the engine does not show: a sandbox is free when no container joins it.
/// </summary>
internal sealed class NetworkSandboxes(
    DockerEngine engine,
    EngineNames names,
    EngineNetworks networks,
    SandboxRoutes routes,
    DockerOptions options
)
{
    private readonly ConcurrentDictionary<AppId, AppSandboxes> apps = [];

    /// <summary>Per app: one decision at a time, and what was promised to dynos that do not exist yet.</summary>
    private sealed class AppSandboxes
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public HashSet<int> Reserved { get; } = [];
    }

    /// <summary>Reserves a running sandbox, making one when none is free. Dispose the lease once a dyno has joined it.</summary>
    public async Task<SandboxLease> TakeAsync(AppId app, string image, CancellationToken cancel)
    {
        var own = apps.GetOrAdd(app, _ => new());
        int number;
        await own.Gate.WaitAsync(cancel);
        try
        {
            var seen = await LookAsync(app, cancel);
            number = seen.Free(own.Reserved).Select(s => (int?)s.Number).FirstOrDefault() ?? seen.FirstUnused(own.Reserved);
            own.Reserved.Add(number);
        }
        finally
        {
            own.Gate.Release();
        }
        try
        {
            var id = await EnsureAsync(app, number, image, cancel);
            return new SandboxLease(id, () => ReleaseAsync(own, number));
        }
        catch
        {
            await ReleaseAsync(own, number);
            throw;
        }
    }

    /// <summary>Makes ready for the next start, unless the app has no dyno any more.</summary>
    public async Task ReplenishAsync(AppId app, string image, CancellationToken cancel)
    {
        var own = apps.GetOrAdd(app, _ => new());
        await own.Gate.WaitAsync(cancel);
        try
        {
            var seen = await LookAsync(app, cancel);
            var missing = options.IdleSandboxes - seen.Free(own.Reserved).Count(s => s.IsRunning);
            for (var i = 0; i < missing && seen.HasDynos; i++)
            {
                await EnsureAsync(app, seen.FirstUnused(own.Reserved), image, cancel);
                seen = await LookAsync(app, cancel);
            }
        }
        finally
        {
            own.Gate.Release();
        }
    }

    /// <summary>Removes free sandboxes that are more than the app shall keep ready.</summary>
    public async Task TrimAsync(AppId app, CancellationToken cancel)
    {
        var own = apps.GetOrAdd(app, _ => new());
        await own.Gate.WaitAsync(cancel);
        try
        {
            foreach (var extra in (await LookAsync(app, cancel)).Free(own.Reserved).Skip(options.IdleSandboxes))
                await engine.RemoveContainerAsync(extra.Id, cancel);
        }
        finally
        {
            own.Gate.Release();
        }
    }

    /// <summary>Removes every container and network of an app.</summary>
    public async Task RemoveAppAsync(AppId app, CancellationToken cancel)
    {
        var own = apps.GetOrAdd(app, _ => new());
        await own.Gate.WaitAsync(cancel);
        try
        {
            var containers = await ListAsync(app, cancel);
            // Podman keeps a sandbox for as long as a container joins it.
            foreach (var kind in containers.ToLookup(IsSandbox).OrderBy(kind => kind.Key))
                await Task.WhenAll(kind.Select(container => engine.RemoveContainerAsync(container.ID, cancel)));
            await networks.RemoveAsync(EngineNames.App, app.ToString(), cancel);
        }
        finally
        {
            own.Gate.Release();
        }
    }

    private async Task<string> EnsureAsync(AppId app, int number, string image, CancellationToken cancel)
    {
        var routed = await routes.MustCutOffNeighboursAsync(cancel);
        var id = await EnsureRunningAsync(app, number, image, routed, cancel);
        if (routed)
            await routes.CutOffNeighboursAsync(id, cancel);
        return id;
    }

    // One that does not run is made anew: an engine that was killed while it started a container cannot start it any more.
    private async Task<string> EnsureRunningAsync(AppId app, int number, string image, bool routed, CancellationToken cancel)
    {
        var name = names.AppSandbox(app, number);
        var existing = await engine.FindContainerAsync(name, cancel);
        if (existing is { State.Running: true })
            return existing.Id;
        if (existing is not null)
            await engine.RemoveContainerAsync(existing.Id, cancel);
        var network = await networks.EnsureAsync(names.AppNetwork(app), names.Labels(EngineRoles.Network, app), cancel);
        var request = SandboxContainer.Request(name, image, network, names.Labels(EngineRoles.Network, app));
        if (routed)
            SandboxRoutes.Allow(request);
        var id = await engine.CreateContainerAsync(request, orFind: true, cancel);
        await engine.StartContainerAsync(id, cancel);
        return id;
    }

    private async Task<SandboxSight> LookAsync(AppId app, CancellationToken cancel) => SandboxSight.Of(await ListAsync(app, cancel));

    private Task<IList<ContainerListResponse>> ListAsync(AppId app, CancellationToken cancel) =>
        engine.ListContainersAsync(names.Filter((EngineNames.App, app.ToString())), cancel);

    private static bool IsSandbox(ContainerListResponse container) =>
        EngineNames.Read(container.Labels, EngineNames.Role) == EngineRoles.Network;

    private static async ValueTask ReleaseAsync(AppSandboxes own, int number)
    {
        await own.Gate.WaitAsync();
        own.Reserved.Remove(number);
        own.Gate.Release();
    }
}
