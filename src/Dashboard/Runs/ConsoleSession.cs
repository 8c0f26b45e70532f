using System.Collections.Immutable;
using System.Globalization;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Runs;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Runs;

namespace NeetoDeploy.Dashboard.Runs;

/// <summary>
/// A one-off dyno whose terminal is a page. The server says <c>{"dyno": "run.1234"}</c> when it runs, and in the end <c>{"exit": 0}</c> or
/// <c>{"error": "why"}</c>. When the page goes, the dyno is stopped, as with <c>heroku run</c>.
/// </summary>
/// <param name="may">Whether the person's session has not been ended meanwhile.</param>
internal sealed class ConsoleSession(ConsoleSocket page, IGrainFactory grains, TimeProvider time, Func<Task<bool>> may)
{
    private const int MostExtent = 9_999;
    private const string Gone = "You may not use this console any more.";

    /// <summary>So often it is looked whether the person may still operate the app.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    /// <summary>A process that is told to end has 30 s.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(40);

    public async Task CarryAsync(AppId app, Actor actor, CancellationToken gone)
    {
        if (await page.ReceiveAsync(gone) is not { Word: { Command: { } command } asked })
            return;
        var run = grains.Run(app, new RunId(Guid.NewGuid()));
        var start = ToStart(command, asked, actor);
        var error = await StartAsync(run, start, actor);
        if (error is null)
            await AttachAsync(run, actor, gone);
        else
            await page.SayAsync(new { error });
        await page.CloseAsync();
    }

    private async Task AttachAsync(IRunGrain run, Actor actor, CancellationToken gone)
    {
        CallContext.Act(Actor.Platform);
        var output = new ConsoleOutput(page, time);
        var reference = grains.CreateObjectReference<IRunObserver>(output);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(gone);
        try
        {
            var attached = await run.AttachAsync(reference);
            if (!attached.IsOk)
            {
                await page.SayAsync(new { error = attached.Error.Message });
                return;
            }
            var watch = WatchAsync(run, actor, ended.Token);
            await page.SayAsync(new { dyno = attached.Value.Dyno.Name.ToString() });
            var input = SendInputAsync(run, output, ended.Token);
            await Task.WhenAny(output.Ended, input, watch);
            if (!output.Ended.IsCompleted)
                await HangUpAsync(run);
            if (watch.IsCompleted)
                await page.SayAsync(new { error = Gone });
            // A page that has gone is no news to the run: it still tells of its end.
            var patience = input.IsCompletedSuccessfully && await input ? StopPatience : EndPatience;
            await Task.WhenAny(output.Ended, Task.Delay(patience, time, CancellationToken.None));
            if (output.Ended.IsCompleted)
                await page.SayAsync(new { exit = await output.Ended });
            // Who stops receiving before the page has closed its side too may take away what has just been said.
            await page.CloseAsync();
            await Task.WhenAny(input, Task.Delay(EndPatience, time, CancellationToken.None));
        }
        finally
        {
            await ended.CancelAsync();
            grains.DeleteObjectReference<IRunObserver>(reference);
            // What observers have no more use for must still live until here.
            GC.KeepAlive(output);
        }
    }

    private static Task HangUpAsync(IRunGrain run)
    {
        CallContext.Act(Actor.Platform);
        return run.DetachAsync();
    }

    /// <summary>Hands input over until the page goes, or wants the end and waits for it: then true.</summary>
    private async Task<bool> SendInputAsync(IRunGrain run, ConsoleOutput output, CancellationToken ended)
    {
        while (await page.ReceiveAsync(ended) is { } message)
        {
            if (message.Input.Length > 0)
                await run.WriteInputAsync(message.Input);
            if (message.Word is { Columns: { } columns, Lines: { } lines })
                await run.ResizeAsync(columns, lines);
            output.Took(message.Word?.Taken ?? 0);
            if (message.Word is { HangUp: true })
                return true;
        }
        return false;
    }

    /// <summary>Completes when the person may no longer do this.</summary>
    private async Task WatchAsync(IRunGrain run, Actor actor, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(LookAgain, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                if (!await IsFreeAsync(run, actor))
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    private async Task<bool> IsFreeAsync(IRunGrain run, Actor actor)
    {
        try
        {
            if (!await may())
                return false;
            CallContext.Act(actor);
            await run.CheckOperatorAsync();
            return true;
        }
        catch (AccessDeniedException)
        {
            return false;
        }
        catch (Exception e) when (Outage.Is(e))
        {
            // The control plane is away; the next look tells.
            return true;
        }
    }

    /// <summary>Why it cannot be started, for people; null when it could.</summary>
    private static async Task<string?> StartAsync(IRunGrain run, StartRun start, Actor actor)
    {
        CallContext.Act(actor);
        try
        {
            return (await run.StartAsync(start)).Error?.Message;
        }
        catch (AccessDeniedException)
        {
            return "You may look at this app, but not run anything in it.";
        }
    }

    private static StartRun ToStart(string command, ConsoleWord asked, Actor actor)
    {
        var (columns, lines) = (Extent(asked.Columns, 80), Extent(asked.Lines, 24));
        var environment = ImmutableSortedDictionary.CreateRange<string, string>(
            StringComparer.Ordinal,
            [
                KeyValuePair.Create("TERM", "xterm-256color"),
                KeyValuePair.Create("COLUMNS", columns.ToString(CultureInfo.InvariantCulture)),
                KeyValuePair.Create("LINES", lines.ToString(CultureInfo.InvariantCulture)),
            ]
        );
        return new StartRun(
            "run",
            command,
            environment,
            asked.Size,
            (columns, lines),
            Release: null,
            Output: null,
            IsAttached: true,
            new AccountRef(actor.Id, actor.Email)
        );
    }

    private static int Extent(int? asked, int otherwise) => Math.Clamp(asked ?? otherwise, 1, MostExtent);
}
