using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.Grains.Storage;

/// <summary>Keeps output streams: append-only bytes.</summary>
public interface IOutputStore
{
    /// <summary>Bytes stored so far and whether the stream is complete; null when nothing was ever written.</summary>
    Task<OutputState?> FindAsync(OutputId output, CancellationToken cancel);

    /// <summary>Appends at the end.</summary>
    Task AppendAsync(OutputId output, ReadOnlyMemory<byte> bytes, CancellationToken cancel);

    Task CompleteAsync(OutputId output, CancellationToken cancel);

    /// <summary>At most <paramref name="max"/> bytes from an offset; empty beyond the end.</summary>
    Task<byte[]> ReadAsync(OutputId output, long offset, int max, CancellationToken cancel);

    Task DeleteAsync(OutputId output, CancellationToken cancel);
}

/// <summary>How far an output stream has come.</summary>
public sealed record OutputState(long Length, bool IsComplete);
