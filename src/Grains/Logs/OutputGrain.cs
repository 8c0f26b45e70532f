using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces.Logs;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Logs;

/// <summary>Keeps a stream of output and wakes its readers.</summary>
[GrainType("output")]
public sealed class OutputGrain(IOutputStore store, TimeProvider time) : Grain, IOutputGrain
{
    private const int MostBytes = 64 << 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private OutputState? state;
    private TaskCompletionSource changed = new();

    private OutputId Output => OutputId.Parse(this.GetPrimaryKeyString());

    private long Length => state?.Length ?? 0;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        state = await store.FindAsync(Output, cancellationToken);
        await base.OnActivateAsync(cancellationToken);
    }

    public Task AppendAsync(byte[] bytes) => AppendAtAsync(Length, bytes);

    public async Task AppendAtAsync(long offset, byte[] bytes)
    {
        if (state is { IsComplete: true } || bytes.Length == 0)
            return;
        if (offset > Length)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"The output has {Length} bytes.");
        var known = (int)Math.Min(Length - offset, bytes.Length);
        if (known == bytes.Length)
            return;
        try
        {
            await store.AppendAsync(Output, bytes.AsMemory(known), CancellationToken.None);
        }
        catch
        {
            DeactivateOnIdle(); // it may be stored all the same: only the store knows the length
            throw;
        }
        Change(new OutputState(offset + bytes.Length, false));
    }

    public async Task CompleteAsync()
    {
        if (state is { IsComplete: true })
            return;
        await store.CompleteAsync(Output, CancellationToken.None);
        Change(new OutputState(Length, true));
    }

    public async Task DestroyAsync()
    {
        await store.DeleteAsync(Output, CancellationToken.None);
        Change(new OutputState(0, true));
        DeactivateOnIdle(); // the next one knows of nothing
    }

    public async Task<OutputChunk> ReadAsync(long offset)
    {
        if (offset >= Length && state is not { IsComplete: true })
            await WaitForChangeAsync();
        var bytes = offset < Length ? await store.ReadAsync(Output, offset, MostBytes, CancellationToken.None) : [];
        return new OutputChunk(bytes, state is { IsComplete: true } && offset + bytes.Length >= Length, state is not null);
    }

    private async Task WaitForChangeAsync()
    {
        try
        {
            await changed.Task.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            // Nothing new: the reader asks again.
        }
    }

    private void Change(OutputState next)
    {
        state = next;
        changed.SetResult();
        changed = new TaskCompletionSource();
    }
}
