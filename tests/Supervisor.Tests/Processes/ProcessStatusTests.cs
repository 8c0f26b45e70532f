using System.Diagnostics;
using System.Globalization;
using NeetoDeploy.Supervisor.Processes;

namespace NeetoDeploy.Supervisor.Tests.Processes;

public sealed class ProcessStatusTests
{
    [Fact]
    public async Task A_pid_file_speaks_of_a_program_only_while_that_very_program_runs()
    {
        using var process = Process.Start("sleep", "600");
        var pid = process.Id.ToString(CultureInfo.InvariantCulture);
        Assert.True(ProcessStatus.IsRunning(pid, "sleep"));
        Assert.True(ProcessStatus.IsRunning(pid + "\n", "sleep"));
        Assert.False(ProcessStatus.IsRunning(pid, "dockerd"));

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.False(ProcessStatus.IsRunning(pid, "sleep"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a number")]
    public void An_unreadable_pid_file_speaks_of_nothing(string text) => Assert.False(ProcessStatus.IsRunning(text, "sleep"));
}
