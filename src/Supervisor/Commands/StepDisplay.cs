using System.Globalization;
using Spectre.Console;

namespace NeetoDeploy.Supervisor.Commands;

/// <summary>Shows steps with their duration: a spinner on a terminal, plain lines elsewhere.</summary>
public sealed class StepDisplay(IAnsiConsole console, TimeProvider time)
{
    public void Say(string line) => console.WriteLine(line);

    /// <summary>Runs a step; it may tell what it is doing meanwhile.</summary>
    public async Task StepAsync(string what, Func<Action<string>, Task> step)
    {
        var started = time.GetTimestamp();
        if (console.Profile.Capabilities.Interactive)
            await console.Status().StartAsync(Markup.Escape(what), status => step(now => status.Status = Markup.Escape($"{what}: {now}")));
        else
            await StepPlainlyAsync(what, step);
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"[green]✔[/] {what} ({time.GetElapsedTime(started).TotalSeconds:0.0} s)"
        );
    }

    private async Task StepPlainlyAsync(string what, Func<Action<string>, Task> step)
    {
        console.WriteLine($"… {what}");
        var last = "";
        await step(now =>
        {
            if (now != last)
                console.WriteLine($"    {now}");
            last = now;
        });
    }
}
