using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Installations;

public sealed class InterruptedStartTests
{
    /// <summary>Two signals: <c>timeout</c> sends as many, and so do impatient fingers.</summary>
    [Theory]
    [InlineData("-TERM", "keeper")]
    [InlineData("-INT", "keeper")]
    [InlineData("-INT", "registry")]
    public async Task A_start_that_is_interrupted_twice_leaves_nothing(string signal, string begun)
    {
        await using var box = Box.NotStarted();
        using var up = box.Up().Start();
        var error = up.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Wait.UntilAsync("something to leave behind", TimeSpan.FromSeconds(60), () => Task.FromResult(box.HasPid(begun)));

        await Signal.SendAsync(signal, up.Id);
        await Signal.SendAsync(signal, up.Id);
        await up.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain("Unhandled", await error, StringComparison.Ordinal);
        Assert.Empty(ProcessesNaming(box.Data));
    }

    private static IEnumerable<string> ProcessesNaming(string text) =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(process => Path.Combine(process, "cmdline"))
            .Select(file =>
            {
                try
                {
                    return File.ReadAllText(file).Replace('\0', ' ');
                }
                catch (IOException)
                {
                    return "";
                }
            })
            .Where(line => line.Contains(text, StringComparison.Ordinal));
}
