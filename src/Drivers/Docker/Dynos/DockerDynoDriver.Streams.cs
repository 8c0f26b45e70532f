using System.Globalization;
using System.Runtime.CompilerServices;
using Docker.DotNet;
using Docker.DotNet.Models;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Dynos;

/// <summary>What dynos write and read.</summary>
internal sealed partial class DockerDynoDriver
{
    public async IAsyncEnumerable<DynoOutputLine> FollowAsync(
        DynoHandle handle, DateTimeOffset? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var container = await engine.FindContainerAsync(handle.Value, cancel);
        if (container is null || !names.Owns(container.Labels))
            throw Vanished(handle.Value);
        var since = after is { } time ? string.Create(CultureInfo.InvariantCulture, $"&since={Since(time)}") : "";
        var path = $"containers/{container.Id}/logs?follow=1&stdout=1&stderr=1&timestamps=1{since}";
        await using var stream = await engine.OpenAsync(path, cancel);
        var lines = new EngineLog(stream, isMultiplexed: !container.HasTerminal);
        while (true)
        {
            DynoOutputLine? line;
            try
            {
                line = await lines.ReadAsync(cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                throw engine.Translate(e);
            }
            if (line is null)
                break;
            if (after is null || line.Time > after)
                yield return line;
        }
        if (await engine.FindContainerAsync(container.Id, cancel) is { State.Running: true })
            throw new DriverException(DriverErrorKind.Unavailable, "engine.unavailable", "The container engine ended the log of a running dyno.");
    }

    public async Task<IAttachedDyno> StartAttachedAsync(DynoSpec spec, CancellationToken cancel)
    {
        var id = await CreateAsync(spec, attached: true, cancel);
        MultiplexedStream? stream = null;
        try
        {
            var request = new ContainerAttachParameters { Stream = true, Stdin = true, Stdout = true, Stderr = true };
            stream = await engine.CallAsync((client, token) => client.Containers.AttachContainerAsync(id, request, token), cancel);
            await StartAsync(spec, id, cancel);
            if (spec.Terminal is { } terminal)
                await ResizeAsync(id, terminal, cancel);
            return new DockerAttachedDyno(engine, new DynoHandle(id), stream);
        }
        catch
        {
            stream?.Dispose();
            await engine.RemoveContainerAsync(id, CancellationToken.None);
            throw;
        }
    }

    // The stamps of stdout and stderr are taken side by side and may be out of order by microseconds, so lines are stamped anew in the order
    // they were stored. Reading from a little earlier gives every line the stamp that it had the first time.
    private static string Since(DateTimeOffset after)
    {
        var from = after.AddSeconds(-2).UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        return string.Create(CultureInfo.InvariantCulture, $"{from / TimeSpan.TicksPerSecond}.{from % TimeSpan.TicksPerSecond * 100:D9}");
    }

    // A program may have ended before its terminal could be resized, which is no failure.
    private async Task ResizeAsync(string id, TerminalSize terminal, CancellationToken cancel)
    {
        var size = new ContainerResizeParameters { Width = terminal.Columns, Height = terminal.Lines };
        try
        {
            await engine.CallAsync((client, token) => client.Containers.ResizeContainerTtyAsync(id, size, token), cancel);
        }
        catch (DriverException e) when (e.Kind is not (DriverErrorKind.Unavailable or DriverErrorKind.TimedOut))
        {
        }
    }
}
