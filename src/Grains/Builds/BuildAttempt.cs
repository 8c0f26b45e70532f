using System.Collections.Immutable;
using System.Threading.Channels;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Grains.Builds;

/// <summary>
/// One run of the builder. The builder works outside the grain's scheduler, because it packs and hashes for seconds; what it says comes back
/// through a channel, whose bound slows a chatty build down to what the output can take.
/// </summary>
internal sealed class BuildAttempt : IBuildOutput
{
    private const int ChannelBound = 256;
    private const int MaxBatchBytes = 64 * 1024;

    private readonly Channel<ReadOnlyMemory<byte>> said = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(ChannelBound) { SingleReader = true }
    );

    private readonly CancellationTokenSource stopping = new();
    private readonly BuildOutputRelay relay;
    private ImmutableArray<PhaseTiming> phases = [];

    public BuildAttempt(IBuildDriver builder, BuildJob job, BuildOutputRelay relay)
    {
        this.relay = relay;
        Number = job.Attempt;
        Completion = RunAsync(builder, job);
    }

    public int Number { get; }

    /// <summary>How it ended by itself; faulted when the builder was lost, cancelled when it was stopped.</summary>
    public Task<BuildOutcome> Completion { get; }

    /// <summary>Its outcome has been stored, or there is none to store.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Why there is no outcome.</summary>
    public Exception? Fault { get; private set; }

    public ImmutableArray<PhaseTiming> Phases => phases;

    public void Stop() => stopping.Cancel();

    public void End(Exception? fault)
    {
        Fault = fault;
        HasEnded = true;
    }

    // The builder may reuse its buffer as soon as this returns.
    ValueTask IBuildOutput.WriteAsync(ReadOnlyMemory<byte> bytes) => said.Writer.WriteAsync(bytes.ToArray());

    ValueTask IBuildOutput.PhaseAsync(PhaseTiming timing)
    {
        ImmutableInterlocked.Update(ref phases, static (all, one) => all.Add(one), timing);
        return ValueTask.CompletedTask;
    }

    private async Task<BuildOutcome> RunAsync(IBuildDriver builder, BuildJob job)
    {
        var relaying = RelayAsync();
        try
        {
            return await Task.Run(() => builder.RunAsync(job, this, stopping.Token));
        }
        finally
        {
            said.Writer.Complete();
            await relaying;
        }
    }

    private async Task RelayAsync()
    {
        using var batch = new MemoryStream();
        while (await said.Reader.WaitToReadAsync())
        {
            while (batch.Length < MaxBatchBytes && said.Reader.TryRead(out var bytes))
                batch.Write(bytes.Span);
            await relay.AppendAsync(batch.ToArray());
            batch.SetLength(0);
        }
    }
}
