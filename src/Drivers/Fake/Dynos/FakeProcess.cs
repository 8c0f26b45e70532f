using System.Text;
using System.Threading.Channels;
using NeetoDeploy.Drivers.Abstractions.Dynos;

namespace NeetoDeploy.Drivers.Fake.Dynos;

/// <summary>A fake dyno from the inside: what its program sees and can do.</summary>
public sealed class FakeProcess
{
    private readonly TaskCompletionSource terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource killed = new();
    private readonly Channel<byte[]> input = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<TerminalSize> resizes = Channel.CreateUnbounded<TerminalSize>();
    private readonly FakeOutput output;

    internal FakeProcess(DynoSpec spec, FakeOutput output)
    {
        Spec = spec;
        this.output = output;
    }

    public DynoSpec Spec { get; }

    /// <summary>Completes at SIGTERM.</summary>
    public Task Terminated => terminated.Task;

    /// <summary>Cancelled at SIGKILL, after which the exit code does not matter: it is 137.</summary>
    public CancellationToken Killed => killed.Token;

    /// <summary>Standard input of an attached dyno.</summary>
    public ChannelReader<byte[]> Input => input.Reader;

    /// <summary>How large its terminal has become, each time it is told.</summary>
    public ChannelReader<TerminalSize> Resizes => resizes.Reader;

    internal bool IsOutOfMemory { get; private set; }

    internal int? ForcedExitCode { get; private set; }

    public void WriteLine(string line) => Write(Encoding.UTF8.GetBytes(line + "\n"));

    public void Write(ReadOnlySpan<byte> bytes) => output.Append(bytes);

    /// <summary>Says that the kernel killed it for memory.</summary>
    public void ReportOutOfMemory() => IsOutOfMemory = true;

    /// <summary>Completes at SIGKILL.</summary>
    public async Task WhenKilled() => await exited.Task;

    internal ChannelWriter<byte[]> InputWriter => input.Writer;

    internal ChannelWriter<TerminalSize> ResizesWriter => resizes.Writer;

    internal void Terminate() => terminated.TrySetResult();

    /// <summary>Ends the process with this code, whatever its program does.</summary>
    internal void End(int exitCode)
    {
        if (!exited.TrySetResult(exitCode))
            return;
        ForcedExitCode = exitCode;
        killed.Cancel();
    }

    /// <summary>Runs the program until it ends or is ended.</summary>
    internal async Task<int> RunAsync(FakeProgram program)
    {
        var own = Task.Run(() => program(this));
        var first = await Task.WhenAny(own, exited.Task);
        input.Writer.TryComplete();
        return ForcedExitCode ?? (first.IsCompletedSuccessfully ? await first : 1);
    }
}
