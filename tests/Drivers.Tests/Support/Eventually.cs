using System.Diagnostics;

namespace NeetoDeploy.Drivers.Tests.Support;

/// <summary>Waits for facts.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Asks until the answer fits; fails after a minute, saying what was expected and what was seen last.</summary>
    public static async Task<T> SeesAsync<T>(string expected, Func<CancellationToken, Task<T>> ask, Func<T, bool> fits)
    {
        var cancel = TestContext.Current.CancellationToken;
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask(cancel);
            if (fits(answer))
                return answer;
            Assert.True(waited.Elapsed < Deadline, $"Expected {expected}. Last seen: {answer}");
            await Task.Delay(20, cancel);
        }
    }
}
