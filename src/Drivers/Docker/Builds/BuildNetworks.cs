using Docker.DotNet.Models;
using NeetoDeploy.Drivers.Docker.Engine;
using NeetoDeploy.Drivers.Docker.Networks;

namespace NeetoDeploy.Drivers.Docker.Builds;

/// <summary>
/// A network for each build that runs at the same time, kept for the next one. Its sandbox, which is ours and has the right to do so, makes the
/// address of the instance metadata service unreachable; the build container that joins has no right to change that.
/// </summary>
internal sealed class BuildNetworks(DockerEngine engine, EngineNames names, EngineNetworks networks, SandboxRoutes routes) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly HashSet<int> reserved = [];

    /// <summary>Dispose the lease once the build container is gone.</summary>
    public async Task<SandboxLease> TakeAsync(string image, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        int number;
        try
        {
            var seen = SandboxSight.Of(await engine.ListContainersAsync(names.Filter((EngineNames.Purpose, EngineNames.Building)), cancel));
            number = seen.Free(reserved).Select(sandbox => (int?)sandbox.Number).FirstOrDefault() ?? seen.FirstUnused(reserved);
            reserved.Add(number);
        }
        finally
        {
            gate.Release();
        }
        try
        {
            return new SandboxLease(await EnsureAsync(number, image, cancel), () => ReleaseAsync(number));
        }
        catch
        {
            await ReleaseAsync(number);
            throw;
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<string> EnsureAsync(int number, string image, CancellationToken cancel)
    {
        var name = names.BuildNetwork(number);
        var existing = await engine.FindContainerAsync(name, cancel);
        var id = existing?.Id ?? await engine.CreateContainerAsync(await RequestAsync(name, image, cancel), orFind: true, cancel);
        try
        {
            if (existing is not { State.Running: true })
                await engine.StartContainerAsync(id, cancel);
            await routes.CutOffMetadataAsync(id, cancel);
            if (await routes.MustCutOffNeighboursAsync(cancel))
                await routes.CutOffNeighboursAsync(id, cancel);
            return id;
        }
        catch
        {
            await engine.RemoveContainerAsync(id, CancellationToken.None);
            throw;
        }
    }

    private async Task<CreateContainerParameters> RequestAsync(string name, string image, CancellationToken cancel)
    {
        var labels = new Dictionary<string, string>(names.Labels(EngineRoles.Network)) { [EngineNames.Purpose] = EngineNames.Building };
        var request = SandboxContainer.Request(name, image, await networks.EnsureAsync(name, labels, cancel), labels);
        SandboxRoutes.Allow(request);
        return request;
    }

    private async ValueTask ReleaseAsync(int number)
    {
        await gate.WaitAsync();
        reserved.Remove(number);
        gate.Release();
    }
}
