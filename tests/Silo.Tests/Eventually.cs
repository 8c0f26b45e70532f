using System.Diagnostics;

namespace NeetoDeploy.Silo.Tests;

/// <summary>Waits for facts, with a deadline that only a broken program reaches.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    public static async Task TrueAsync(Func<Task<bool>> fact, string expected)
    {
        var clock = Stopwatch.StartNew();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await fact())
        {
            Assert.True(clock.Elapsed < Deadline, $"Expected within {Deadline}: {expected}.");
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    public static async Task SucceedsAsync(Func<Task> attempt, string expected)
    {
        Exception? last = null;
        await TrueAsync(
            async () =>
            {
                try
                {
                    await attempt();
                    return true;
                }
                catch (Exception cause)
                {
                    last = cause;
                    return false;
                }
            },
            $"{expected}; the last attempt said: {last?.Message}"
        );
    }
}
