using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Runs;

namespace NeetoDeploy.Api.Rendezvous;

/// <summary>
/// Heroku's rendezvous protocol, the server's side: the client sends its secret and a newline; the server answers <c>rendezvous</c> in a write of its own, because
/// the official CLI throws away all of the first piece it receives; after that both ways are raw bytes.
/// </summary>
internal sealed class RendezvousServer(AttachSessions sessions, IGrainFactory grains, TimeProvider time)
{
    private const int LongestSecret = 256;
    private const byte EndOfInput = 4;

    private static readonly TimeSpan SecretPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    /// <summary>So long the greeting stays alone on the line, unless the client shows before that it has read it. The dyno starts meanwhile.</summary>
    private static readonly TimeSpan AfterGreeting = TimeSpan.FromMilliseconds(400);

    public async Task ServeAsync(ConnectionContext connection)
    {
        if (await ReadSecretAsync(connection) is not { } secret || !sessions.TryTake(secret, out var session))
            return;
        await connection.Transport.Output.WriteAsync("rendezvous\r\n"u8.ToArray());
        await CarryAsync(connection, session);
    }

    private async Task CarryAsync(ConnectionContext connection, AttachSession session)
    {
        CallContext.Act(Actor.Platform);
        var run = grains.Run(session.App, session.Run);
        var spoken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var attachment = new RunAttachment(connection.Transport.Output, Task.WhenAny(spoken.Task, Task.Delay(AfterGreeting, time)));
        var reference = grains.CreateObjectReference<IRunObserver>(attachment);
        try
        {
            var attached = await run.AttachAsync(reference);
            if (!attached.IsOk)
            {
                await connection.Transport.Output.WriteAsync(Encoding.UTF8.GetBytes($" !     {attached.Error.Message}\r\n"));
                return;
            }
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
            var input = SendInputAsync(connection.Transport.Input, run, session.HasTerminal, spoken, ended.Token);
            await Task.WhenAny(attachment.Ended, input);
            if (!attachment.Ended.IsCompleted && connection.ConnectionClosed.IsCancellationRequested)
                await run.DetachAsync();
            else
                await Task.WhenAny(attachment.Ended, Closed(connection));
            await ended.CancelAsync();
            // A client that has gone before is no news to the run: it still tells of its end.
            await Task.WhenAny(attachment.Ended, Task.Delay(EndPatience, time));
        }
        finally
        {
            grains.DeleteObjectReference<IRunObserver>(reference);
            // What observers have no more use for must still live until here.
            GC.KeepAlive(attachment);
        }
    }

    /// <summary>Hands input over until the client closes its side or goes.</summary>
    private static async Task SendInputAsync(
        PipeReader input,
        IRunGrain run,
        bool hasTerminal,
        TaskCompletionSource spoken,
        CancellationToken cancel
    )
    {
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(cancel);
                var bytes = read.Buffer.ToArray();
                input.AdvanceTo(read.Buffer.End);
                spoken.TrySetResult();
                var end = hasTerminal ? -1 : Array.IndexOf(bytes, EndOfInput);
                if (bytes.Length > 0 && end != 0)
                    await run.WriteInputAsync(end < 0 ? bytes : bytes[..end]);
                if (end >= 0)
                    await run.WriteInputAsync([]);
                if (read.IsCompleted)
                {
                    await run.DetachAsync();
                    return;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionResetException or ConnectionAbortedException)
        {
            // The run has ended, or the client has gone.
        }
    }

    private static async Task Closed(ConnectionContext connection)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = connection.ConnectionClosed.Register(() => closed.TrySetResult());
        await closed.Task;
    }

    private async Task<string?> ReadSecretAsync(ConnectionContext connection)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        using var timer = time.CreateTimer(_ => deadline.Cancel(), null, SecretPatience, Timeout.InfiniteTimeSpan);
        var input = connection.Transport.Input;
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(deadline.Token);
                if (read.Buffer.PositionOf((byte)'\n') is { } newline)
                {
                    var line = Encoding.ASCII.GetString(read.Buffer.Slice(0, newline)).TrimEnd('\r');
                    input.AdvanceTo(read.Buffer.GetPosition(1, newline));
                    return line;
                }
                input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                if (read.IsCompleted || read.Buffer.Length > LongestSecret)
                    return null;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionResetException or ConnectionAbortedException)
        {
            return null;
        }
    }
}
