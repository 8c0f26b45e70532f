using NeetoDeploy.Drivers.Abstractions.Dynos;

namespace NeetoDeploy.Drivers.Fake.Dynos;

/// <summary>Pipes to a fake one-off dyno.</summary>
internal sealed class FakeAttachedDyno(FakeDyno dyno) : IAttachedDyno
{
    private int position;

    public DynoHandle Handle => dyno.Observation.Handle;

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        var bytes = await dyno.Output.BytesAsync(position, cancel);
        var count = Math.Min(bytes.Length, buffer.Length);
        bytes.AsMemory(0, count).CopyTo(buffer);
        position += count;
        return count;
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        dyno.Process.InputWriter.TryWrite(bytes.ToArray());
        return ValueTask.CompletedTask;
    }

    public ValueTask ResizeAsync(TerminalSize terminal, CancellationToken cancel)
    {
        if (dyno.Spec.Terminal is not null)
            dyno.Process.ResizesWriter.TryWrite(terminal);
        return ValueTask.CompletedTask;
    }

    public ValueTask CloseInputAsync(CancellationToken cancel)
    {
        dyno.Process.InputWriter.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        dyno.Process.InputWriter.TryComplete();
        return ValueTask.CompletedTask;
    }
}
