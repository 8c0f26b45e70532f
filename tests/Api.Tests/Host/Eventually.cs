using System.Diagnostics;

namespace NeetoDeploy.Api.Tests.Host;

/// <summary>Waits for facts that the control plane brings about in its own time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task TrueAsync(string what, Func<Task<bool>> look)
    {
        for (var watch = Stopwatch.StartNew(); !await look();)
            Assert.True(watch.Elapsed < Patience, $"Expected within {Patience.TotalSeconds:0} s: {what}.");
    }
}
