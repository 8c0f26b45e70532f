using System.Diagnostics;

namespace NeetoDeploy.Grains.Tests.Cluster;

/// <summary>Waits for facts.</summary>
public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits until the fact holds; on failure says what was expected and what was seen last.</summary>
    /// <param name="expected">The fact in words, such as <c>web.1 is up</c>.</param>
    /// <param name="look">Looks at the world.</param>
    /// <param name="holds">Whether what was seen is the fact.</param>
    /// <param name="meanwhile">Done after each look that was in vain, such as moving the clock.</param>
    public static async Task<T> SeesAsync<T>(string expected, Func<Task<T>> look, Func<T, bool> holds, Action? meanwhile = null)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (holds(seen))
                return seen;
            if (Stopwatch.GetElapsedTime(start) > Deadline)
                Assert.Fail($"Expected within {Deadline.TotalSeconds} s: {expected}. Last seen: {Describe(seen)}");
            meanwhile?.Invoke();
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until the fact holds.</summary>
    public static Task HoldsAsync(string expected, Func<Task<bool>> fact, Action? meanwhile = null) =>
        SeesAsync(expected, fact, seen => seen, meanwhile);

    /// <summary>Waits until the fact holds.</summary>
    public static Task HoldsAsync(string expected, Func<bool> fact, Action? meanwhile = null) =>
        HoldsAsync(expected, () => Task.FromResult(fact()), meanwhile);

    private static string Describe<T>(T seen) =>
        seen is System.Collections.IEnumerable and not string
            ? string.Join("; ", ((System.Collections.IEnumerable)seen).Cast<object>())
            : $"{seen}";
}
