using Microsoft.Extensions.Time.Testing;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Tests.Driver;

public sealed class DebianListsTests : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));
    private readonly ScriptedSandboxes sandboxes = new();
    private readonly StackImages stack;
    private readonly BuilderOptions options;
    private readonly DebianLists lists;
    private int exitCode;

    public DebianListsTests()
    {
        Directory.CreateDirectory(folder["cnb/buildpacks/shared"]);
        File.WriteAllText(folder["cnb/buildpacks/shared/debian-lists"], "");
        stack = new("neeto-12", new ImageRef("registry", "run", ImageDigest.FromHash(new byte[32])), "build", folder["cnb"], 1000);
        options = new BuilderOptions { BuildsDirectory = folder["builds"], SourceDirectories = [] };
        lists = new DebianLists(sandboxes, options, time);
        sandboxes.Script = (sandbox, _) =>
        {
            sandbox.Write("/debian/week", $"reading {sandboxes.Started.Count}");
            return Task.FromResult(exitCode);
        };
    }

    public async ValueTask DisposeAsync()
    {
        await lists.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_build_has_them_read_for_the_next_which_cannot_write_them()
    {
        Assert.Empty(lists.Mount(stack));
        await lists.SettleAsync();

        var mount = Assert.Single(lists.Mount(stack));
        Assert.Equal(("/debian", true, "reading 1"), (mount.Path, mount.ReadOnly, File.ReadAllText(Path.Combine(mount.HostPath, "week"))));
        Assert.Equal(["/cnb/buildpacks/shared/debian-lists", "/debian"], Assert.Single(sandboxes.Started).Command);
        Assert.Empty(sandboxes.Living);
    }

    [Fact]
    public async Task They_are_read_anew_after_a_day_and_a_build_has_the_old_ones_meanwhile()
    {
        await ReadAsync();
        var reading = new TaskCompletionSource();
        var script = sandboxes.Script;
        sandboxes.Script = async (sandbox, cancel) =>
        {
            await reading.Task.WaitAsync(cancel);
            return await script(sandbox, cancel);
        };
        time.Advance(TimeSpan.FromHours(25));

        Assert.Equal("reading 1", Newest());
        Assert.Equal("reading 1", Newest());
        reading.SetResult();
        await lists.SettleAsync();
        Assert.Equal("reading 2", Newest());
    }

    [Fact]
    public async Task They_are_read_anew_on_another_day_since_a_week_may_have_ended()
    {
        await ReadAsync();
        time.Advance(TimeSpan.FromHours(11));
        await ReadAsync();
        Assert.Single(sandboxes.Started);
        time.Advance(TimeSpan.FromHours(2));
        await ReadAsync();

        Assert.Equal("reading 2", Newest());
    }

    [Fact]
    public async Task What_a_killed_process_had_read_so_far_is_not_taken_for_lists()
    {
        Directory.CreateDirectory(folder["builds/debian/neeto-12/.draft/half"]);
        Assert.Empty(lists.Mount(stack));
        await lists.SettleAsync();

        Assert.False(Directory.Exists(Path.Combine(Assert.Single(lists.Mount(stack)).HostPath, "half")));
    }

    [Fact]
    public async Task Of_old_ones_the_last_stay_for_builds_that_still_read_them()
    {
        for (var day = 0; day < 4; day++)
        {
            await ReadAsync();
            time.Advance(TimeSpan.FromHours(25));
        }

        Assert.Equal(
            ["reading 3", "reading 4"],
            Directory.GetDirectories(folder["builds/debian/neeto-12"]).Order(StringComparer.Ordinal).Select(Week)
        );
    }

    [Fact]
    public async Task When_they_cannot_be_read_builds_have_none_and_it_is_tried_again_later()
    {
        exitCode = 100;
        await ReadAsync();
        await ReadAsync();
        Assert.Single(sandboxes.Started);
        exitCode = 0;
        time.Advance(TimeSpan.FromMinutes(16));
        await ReadAsync();

        Assert.Equal("reading 2", Newest());
    }

    [Fact]
    public void A_stack_whose_buildpacks_want_none_has_none()
    {
        File.Delete(folder["cnb/buildpacks/shared/debian-lists"]);

        Assert.Empty(lists.Mount(stack));
        Assert.Empty(sandboxes.Started);
    }

    [Fact]
    public async Task The_end_of_the_builder_ends_a_reading()
    {
        sandboxes.Script = async (_, cancel) =>
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return 0;
        };
        await using (var others = new DebianLists(sandboxes, options, time))
            others.Mount(stack);

        Assert.Empty(sandboxes.Living);
    }

    [Fact]
    public async Task What_a_killed_process_has_left_is_removed_and_a_reading_is_not()
    {
        await lists.RemoveDeadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["debian-lists"], sandboxes.Removed);
        var reading = new TaskCompletionSource<int>();
        sandboxes.Script = (_, _) => reading.Task;
        lists.Mount(stack);

        await lists.RemoveDeadAsync(TestContext.Current.CancellationToken);

        Assert.Single(sandboxes.Removed);
        reading.SetResult(1);
    }

    private async Task ReadAsync()
    {
        lists.Mount(stack);
        await lists.SettleAsync();
    }

    private string Newest() => Week(Assert.Single(lists.Mount(stack)).HostPath);

    private static string Week(string path) => File.ReadAllText(Path.Combine(path, "week"));
}
