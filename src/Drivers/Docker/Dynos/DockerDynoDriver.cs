using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Docker.Engine;
using NeetoDeploy.Drivers.Docker.Networks;

namespace NeetoDeploy.Drivers.Docker.Dynos;

/// <summary>Dynos as containers of this machine's engine, which go on when the silo stops.</summary>
internal sealed partial class DockerDynoDriver(
    DockerEngine engine,
    EngineNames names,
    NetworkSandboxes sandboxes,
    ControlGroups groups,
    IStacks stacks,
    DockerOptions options,
    TimeProvider time,
    ILogger<DockerDynoDriver> logger
) : IDynoDriver, ISupportsWatch, ISupportsLogTail, ISupportsAttach, ISupportsStats, IAsyncDisposable
{
    private readonly BackgroundWork background = new(logger);

    public async Task<DynoObservation> EnsureAsync(DynoSpec spec, CancellationToken cancel)
    {
        var found = await engine.FindContainerAsync(names.DynoContainer(spec.Key), cancel);
        if (found is null || found.State.Status == "created")
        {
            var id = found?.Id ?? await CreateAsync(spec, attached: false, cancel);
            await StartAsync(spec, id, cancel);
            found = await engine.FindContainerAsync(id, cancel);
        }
        return found is null ? throw Vanished(spec.Key.ToString()) : (await ObserveAsync(found, cancel))!;
    }

    public async Task StopAsync(DynoHandle handle, TimeSpan grace, CancellationToken cancel)
    {
        var container = await engine.FindContainerAsync(handle.Value, cancel);
        if (container is null || !names.Owns(container.Labels) || !container.State.Running)
            return;
        background.Start($"stop:{container.Id}", stopping => EndAsync(container.Id, grace, stopping));
    }

    public async Task RemoveAsync(DynoHandle handle, CancellationToken cancel)
    {
        var container = await engine.FindContainerAsync(handle.Value, cancel);
        if (container is null || names.ReadKey(container.Labels) is not { } key)
            return;
        await engine.RemoveContainerAsync(container.Id, cancel);
        await sandboxes.TrimAsync(key.App, cancel);
    }

    public ValueTask DisposeAsync() => background.DisposeAsync();

    private async Task<string> CreateAsync(DynoSpec spec, bool attached, CancellationToken cancel)
    {
        var image = await engine.EnsureImageAsync(spec.Image, cancel);
        await using var sandbox = await sandboxes.TakeAsync(spec.Key.App, SandboxImage(spec), cancel);
        var user = DynoUser.Of(spec.Start, image.Config?.User);
        var request = DynoContainer.Request(spec, names, sandbox.Container, attached, user, await groups.FindForDynosAsync(cancel));
        return await engine.CreateContainerAsync(request, orFind: !attached, cancel);
    }

    // An image on a stack that others made need not have the programs that sleep and make routes. While our own stack is not ready, that of an app
    // on it has them as well.
    private string SandboxImage(DynoSpec spec)
    {
        var stack = stacks.Names[0];
        if (stacks.Find(stack) is { } images)
            return images.BuildImage;
        return spec.Start is DynoStart.Image
            ? throw new DriverException(DriverErrorKind.Unavailable, "stack.not_ready", $"The stack {stack} is not ready yet.")
            : spec.Image.ToString();
    }

    // What cannot start is removed: it would only be in the way of the next attempt.
    private async Task StartAsync(DynoSpec spec, string id, CancellationToken cancel)
    {
        try
        {
            await engine.StartContainerAsync(id, cancel);
            groups.WeighDynos();
        }
        catch (DriverException e) when (e.Kind is not (DriverErrorKind.Unavailable or DriverErrorKind.TimedOut))
        {
            await engine.RemoveContainerAsync(id, cancel);
            throw new DriverException(e.Kind, "dyno.cannot_start", $"{spec.Key.Name} could not be started. {e.Message}", e);
        }
        background.Start($"replenish:{spec.Key.App}", stopping => sandboxes.ReplenishAsync(spec.Key.App, SandboxImage(spec), stopping));
    }

    // Every process gets SIGTERM, as a dyno's processes do. The first one is the container's init, which ends with its child; an image that
    // has no kill gets the signal through init.
    private async Task EndAsync(string id, TimeSpan grace, CancellationToken stopping)
    {
        if (!await TerminateAllAsync(id, stopping))
            await engine.KillContainerAsync(id, "SIGTERM", stopping);
        await Task.Delay(grace, time, stopping);
        await engine.KillContainerAsync(id, "SIGKILL", stopping);
    }

    private async Task<bool> TerminateAllAsync(string id, CancellationToken stopping)
    {
        try
        {
            // 137: the container went away under the command, whose job is then done. 126, 127: there is no such program.
            // As whoever the dyno runs as.
            var kill = new EngineExec(["kill", "-TERM", "-1"], "", "/", ImmutableDictionary<string, string>.Empty, IsShort: true);
            return await engine.RunAsync(id, kill, _ => ValueTask.CompletedTask, stopping) is not (126 or 127 or 128);
        }
        catch (DriverException e) when (e.Kind is not (DriverErrorKind.Unavailable or DriverErrorKind.TimedOut))
        {
            return false;
        }
    }

    private static DriverException Vanished(string what) =>
        new(DriverErrorKind.NotFound, "dyno.not_found", $"There is no dyno {what} on the engine.");
}
