using System.Diagnostics;
using System.Globalization;
using NeetoDeploy.Supervisor.Processes;

namespace NeetoDeploy.Supervisor.Tests.Processes;

/// <summary>Real processes: what is kept is a <c>sleep</c> that ends by itself after ten minutes should a test be torn away.</summary>
public sealed class ProcessKeeperTests : IDisposable
{
    private static readonly KeptProcess Sleeper = new("sleeper", ["sleep", "600"], new Dictionary<string, string>());

    private readonly TemporaryFolder folder = new();
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public void Dispose()
    {
        stop.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_killed_process_starts_again_and_a_stopped_one_does_not()
    {
        var keeping = NewKeeper().KeepAsync(Sleeper, stop.Token);
        var first = await RunningAsync(other: null);
        using (var process = Process.GetProcessById(first))
            process.Kill();
        var second = await RunningAsync(other: first);

        await stop.CancelAsync();
        await keeping;
        Assert.False(IsRunning(second));
        Assert.False(File.Exists(folder.Data.Pid("sleeper")));
    }

    [Fact]
    public async Task What_a_killed_keeper_left_behind_is_ended_first()
    {
        using var stray = NewKeeper().StartDetached(Sleeper);
        new PidFile(folder.Data.Pid("sleeper")).Write(stray);

        var keeping = NewKeeper().KeepAsync(Sleeper, stop.Token);
        await RunningAsync(other: stray.Id);
        Assert.False(IsRunning(stray.Id));
        await stop.CancelAsync();
        await keeping;
    }

    [Fact]
    public async Task Its_output_goes_to_its_log_and_its_arguments_are_not_read_by_a_shell()
    {
        var echo = new KeptProcess("echo", ["echo", "a b; $HOME", "'"], new Dictionary<string, string>());
        using var process = NewKeeper().StartDetached(echo);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("a b; $HOME '\n", await File.ReadAllTextAsync(folder.Data.Log("echo"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_urgent_has_a_session_of_its_own_and_the_priority_that_this_user_may_have()
    {
        string[] command = ["bash", "-c", "echo $(nice) $(ps -o sid= -p $$) $(cut -d ' ' -f 3 /proc/$$/autogroup)"];
        var urgent = new KeptProcess("urgent", command, new Dictionary<string, string>(), Standing.Urgent);
        using var process = NewKeeper().StartDetached(urgent);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var priority = Environment.IsPrivilegedProcess ? -10 : 0;
        Assert.Equal(
            $"{priority} {process.Id} {priority}\n",
            await File.ReadAllTextAsync(folder.Data.Log("urgent"), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task What_works_in_the_background_is_in_a_group_that_can_leave_processors_to_others()
    {
        var background = new KeptProcess("background", ["cat", "/proc/self/cgroup"], new Dictionary<string, string>(), Standing.Background);
        using var process = NewKeeper().StartDetached(background);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var groups = await File.ReadAllTextAsync(folder.Data.Log("background"), TestContext.Current.CancellationToken);
        Assert.Contains(":", groups, StringComparison.Ordinal);
        Assert.Equal(Environment.IsPrivilegedProcess, groups.Contains(":/neeto-background", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_number_that_belongs_to_another_process_now_is_not_ours()
    {
        using var own = Process.GetCurrentProcess();
        var file = new PidFile(folder.Data.Pid("own"));
        file.Write(own);
        using (var found = file.Find())
            Assert.Equal(own.Id, found?.Id);

        await File.WriteAllTextAsync(folder.Data.Pid("own"), $"{own.Id} 1", TestContext.Current.CancellationToken);
        Assert.Null(file.Find());
    }

    [Fact]
    public void A_data_folder_has_one_keeper()
    {
        using (KeeperLock.TryTake(folder.Data))
        {
            Assert.Null(KeeperLock.TryTake(folder.Data));
            using var holder = KeeperLock.FindHolder(folder.Data);
            Assert.Equal(Environment.ProcessId, holder?.Id);
        }
        Assert.Null(KeeperLock.FindHolder(folder.Data));
        using var again = KeeperLock.TryTake(folder.Data);
        Assert.NotNull(again);
    }

    private ProcessKeeper NewKeeper() => new(folder.Data, TimeProvider.System, TextWriter.Null);

    /// <summary>The process that the pid file names, once it is another than this one.</summary>
    private async Task<int> RunningAsync(int? other)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            using (var process = new PidFile(folder.Data.Pid("sleeper")).Find())
            {
                if (process is not null && process.Id != other)
                    return process.Id;
            }
            Assert.False(
                deadline.IsCancellationRequested,
                $"Expected a process other than {other} in {folder.Data.Pid("sleeper")} within 30 s."
            );
            await Task.Yield();
        }
    }

    private static bool IsRunning(int pid) =>
        File.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"))
        && !File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat")).Contains(") Z ", StringComparison.Ordinal);
}
