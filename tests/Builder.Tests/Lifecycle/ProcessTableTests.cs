using NeetoDeploy.Builder.Lifecycle;
using NeetoDeploy.Builder.Lifecycle.Building;

namespace NeetoDeploy.Builder.Tests.Lifecycle;

public sealed class ProcessTableTests
{
    private static readonly Version Old = new(0, 8);
    private static readonly Version New = new(0, 10);

    [Fact]
    public void A_later_buildpack_s_process_replaces_an_earlier_one_s()
    {
        var table = Table(
            ("a", [Process("web", "one", isDefault: true)]),
            ("b", [Process("web", "two", isDefault: true), Process("worker", "w")])
        );

        Assert.Equal(["web two b", "worker w b"], table.Processes.Select(p => $"{p.Type} {p.Command[0]} {p.BuildpackId}"));
        Assert.Equal("web", table.DefaultType);
    }

    [Theory]
    [InlineData("web", true, "web")]
    [InlineData("web", false, "")]
    [InlineData("worker", true, "worker")]
    [InlineData("worker", false, "web")]
    public void The_default_is_the_last_that_was_said_and_is_lost_when_its_type_is_declared_anew(
        string type,
        bool isDefault,
        string result
    ) => Assert.Equal(result, Table(("a", [Process("web", "one", isDefault: true)]), ("b", [Process(type, "two", isDefault)])).DefaultType);

    [Fact]
    public void Since_API_0_9_a_process_runs_without_a_shell_whatever_it_says()
    {
        var (before, since) = (new ProcessTable(), new ProcessTable());

        before.Add("a", Old, [Process("web", "x")]);
        since.Add("a", New, [Process("web", "x")]);

        Assert.False(before.Processes.Single().Direct);
        Assert.True(since.Processes.Single().Direct);
    }

    [Fact]
    public void Two_defaults_of_one_buildpack_are_refused() =>
        Assert.Equal(
            ExitCodes.Build,
            Assert
                .Throws<LifecycleException>(() =>
                    Table(("a", [Process("web", "x", isDefault: true), Process("other", "y", isDefault: true)]))
                )
                .ExitCode
        );

    [Fact]
    public void A_process_without_a_command_is_refused() =>
        Assert.Throws<LifecycleException>(() => new ProcessTable().Add("a", New, [new() { Type = "web" }]));

    private static ProcessTable Table(params (string Buildpack, ProcessToml[] Processes)[] declared)
    {
        var table = new ProcessTable();
        foreach (var (buildpack, processes) in declared)
            table.Add(buildpack, New, processes);
        return table;
    }

    private static ProcessToml Process(string type, string command, bool isDefault = false) =>
        new()
        {
            Type = type,
            Command = [command],
            Default = isDefault,
        };
}
