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
        DynoHandle handle,
        DateTimeOffset? after,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var container = await engine.FindContainerAsync(handle.Value, cancel);
        if (container is null || !names.Owns(container.Labels))
            throw Vanished(handle.Value);
        var last = after ?? DateTimeOffset.UnixEpoch;
        await using (var log = await OpenLogAsync(container, isFollowed: true, last, cancel))
        {
            while (await log.ReadAsync(cancel) is { } line)
            {
                if (line.Time <= last)
                    continue;
                last = line.Time;
                yield return line;
            }
            var ended = await engine.FindContainerAsync(container.Id, cancel);
            if (ended is { State.Running: true })
                throw new DriverException(
                    DriverErrorKind.Unavailable,
                    "engine.unavailable",
                    "The container engine ended the log of a running dyno."
                );
            if (ended is null)
            {
                foreach (var line in log.Finish())
                    yield return line;
                yield break;
            }
        }
        // The engine may end a followed log before its last lines: when a container ends, its reader hears of more text and of the end in
        // any order (moby 20.10, daemon/logger/loggerutils/follow.go, waitRead). What is stored is complete by now.
        await using var stored = await OpenLogAsync(container, isFollowed: false, last, cancel);
        while (await stored.ReadAsync(cancel) is { } line)
        {
            if (line.Time > last)
                yield return line;
        }
        foreach (var line in stored.Finish())
        {
            if (line.Time > last)
                yield return line;
        }
    }

    public async Task<IAttachedDyno> StartAttachedAsync(DynoSpec spec, CancellationToken cancel)
    {
        var id = await CreateAsync(spec, attached: true, cancel);
        MultiplexedStream? stream = null;
        try
        {
            var request = new ContainerAttachParameters
            {
                Stream = true,
                Stdin = true,
                Stdout = true,
                Stderr = true,
            };
            stream = await engine.CallAsync((client, token) => client.Containers.AttachContainerAsync(id, request, token), cancel);
            await StartAsync(spec, id, cancel);
            if (spec.Terminal is { } terminal)
                await ResizeAsync(id, terminal, cancel);
            return new DockerAttachedDyno(engine, new DynoHandle(id), stream, (size, token) => ResizeAsync(id, size, token));
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
    private async Task<EngineLog> OpenLogAsync(EngineContainer container, bool isFollowed, DateTimeOffset after, CancellationToken cancel)
    {
        var from = Math.Max(0, after.AddSeconds(-2).UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks);
        var since = string.Create(
            CultureInfo.InvariantCulture,
            $"{from / TimeSpan.TicksPerSecond}.{from % TimeSpan.TicksPerSecond * 100:D9}"
        );
        var path = $"containers/{container.Id}/logs?follow={(isFollowed ? 1 : 0)}&stdout=1&stderr=1&timestamps=1&since={since}";
        return new EngineLog(await engine.OpenAsync(path, cancel), isMultiplexed: !container.HasTerminal, engine.Translate);
    }

    // A program may have ended before its terminal could be resized, or have none, which is no failure.
    private async Task ResizeAsync(string id, TerminalSize terminal, CancellationToken cancel)
    {
        var size = new ContainerResizeParameters { Width = terminal.Columns, Height = terminal.Lines };
        try
        {
            await engine.CallAsync((client, token) => client.Containers.ResizeContainerTtyAsync(id, size, token), cancel);
        }
        catch (DriverException e) when (e.Kind is not (DriverErrorKind.Unavailable or DriverErrorKind.TimedOut)) { }
    }
}
