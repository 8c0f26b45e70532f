using System.Collections.Concurrent;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Tests.Storage;

/// <summary>Output streams in memory.</summary>
public sealed class FakeOutputStore : IOutputStore
{
    private readonly ConcurrentDictionary<OutputId, (byte[] Bytes, bool IsComplete)> outputs = [];

    /// <summary>Outputs that there are.</summary>
    public IReadOnlyCollection<OutputId> All => [.. outputs.Keys];

    /// <summary>All bytes of an output.</summary>
    public byte[] Bytes(OutputId output) => outputs.GetValueOrDefault(output).Bytes ?? [];

    public Task<OutputState?> FindAsync(OutputId output, CancellationToken cancel) =>
        Task.FromResult(outputs.TryGetValue(output, out var found) ? new OutputState(found.Bytes.Length, found.IsComplete) : null);

    public Task AppendAsync(OutputId output, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var copy = bytes.ToArray();
        outputs.AddOrUpdate(output, _ => (copy, false), (_, old) => ([.. old.Bytes, .. copy], old.IsComplete));
        return Task.CompletedTask;
    }

    public Task CompleteAsync(OutputId output, CancellationToken cancel)
    {
        outputs.AddOrUpdate(output, _ => ([], true), (_, old) => (old.Bytes, true));
        return Task.CompletedTask;
    }

    public Task<byte[]> ReadAsync(OutputId output, long offset, int max, CancellationToken cancel) =>
        Task.FromResult(Bytes(output).Skip((int)offset).Take(max).ToArray());

    public Task DeleteAsync(OutputId output, CancellationToken cancel)
    {
        outputs.TryRemove(output, out _);
        return Task.CompletedTask;
    }
}
