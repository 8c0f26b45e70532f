using System.Buffers;
using System.Runtime.InteropServices;
using Docker.DotNet;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Dynos;

/// <summary>A connection that the engine has turned into the dyno's terminal or pipes.</summary>
internal sealed class DockerAttachedDyno(
    DockerEngine engine,
    DynoHandle handle,
    MultiplexedStream stream,
    Func<TerminalSize, CancellationToken, Task> resize
) : IAttachedDyno
{
    public DynoHandle Handle => handle;

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        if (MemoryMarshal.TryGetArray<byte>(buffer, out var segment))
            return await ReadAsync(segment.Array!, segment.Offset, segment.Count, cancel);
        var rented = ArrayPool<byte>.Shared.Rent(buffer.Length);
        try
        {
            var count = await ReadAsync(rented, 0, buffer.Length, cancel);
            rented.AsMemory(0, count).CopyTo(buffer);
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        try
        {
            await stream.WriteAsync(bytes.ToArray(), 0, bytes.Length, cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            throw engine.Translate(e);
        }
    }

    public async ValueTask ResizeAsync(TerminalSize terminal, CancellationToken cancel) => await resize(terminal, cancel);

    public ValueTask CloseInputAsync(CancellationToken cancel)
    {
        stream.CloseWrite();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        stream.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancel)
    {
        try
        {
            return (await stream.ReadOutputAsync(buffer, offset, count, cancel)).Count;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            throw engine.Translate(e);
        }
    }
}
