using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>Waits for facts. What is looked at costs a request or a process, so a short pause between two looks is no loss.</summary>
public static class Wait
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    /// <summary>Looks until the answer is not null; the last sight is in the message when it never is.</summary>
    public static async Task<T> ForAsync<T>(
        string what,
        TimeSpan patience,
        Func<Task<T?>> look,
        [CallerArgumentExpression(nameof(look))] string how = ""
    )
        where T : class
    {
        var cancel = TestContext.Current.CancellationToken;
        using var timer = new PeriodicTimer(Between);
        Exception? last = null;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < patience; )
        {
            try
            {
                if (await look() is { } seen)
                    return seen;
                last = null;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or System.Text.Json.JsonException or TaskCanceledException)
            {
                last = e;
            }
            await timer.WaitForNextTickAsync(cancel);
        }
        throw new TimeoutException($"Expected within {patience.TotalSeconds:0} s: {what} ({how}). {last?.Message}");
    }

    /// <summary>Looks until it is true.</summary>
    public static Task UntilAsync(
        string what,
        TimeSpan patience,
        Func<Task<bool>> look,
        [CallerArgumentExpression(nameof(look))] string how = ""
    ) => ForAsync(what, patience, async () => await look() ? "yes" : null, how);
}
