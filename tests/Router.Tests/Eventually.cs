using System.Diagnostics;

namespace NeetoDeploy.Router.Tests;

/// <summary>Waits for facts. The deadline is for a machine that is busy with other things; nothing is measured with it.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static async Task HoldsAsync(Func<bool> fact, Func<string> expectation)
    {
        var watch = Stopwatch.StartNew();
        while (!fact())
        {
            Assert.True(watch.Elapsed < Deadline, $"After {Deadline.TotalSeconds} s still not so: {expectation()}");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
