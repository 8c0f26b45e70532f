using NeetoDeploy.Supervisor.Checks;

namespace NeetoDeploy.Supervisor.Tests.Checks;

public sealed class StackReportTests
{
    [Fact]
    public void What_is_wrong_with_a_stack_or_the_file_is_told_with_what_to_do()
    {
        var report = new StackReport(
            [
                new("neeto-12", true, null, null, 0, false),
                new("away", false, null, "the image a could not be pulled", 2, true),
                new("coming", false, "Pulling b", null, 0, true),
            ],
            "line 2: 'run' must be the name of an image"
        );

        var findings = report.Findings().ToList();

        Assert.Equal(["stacks.toml", "stacks", "stack away", "stack coming"], findings.Select(finding => finding.Subject));
        Assert.Equal([false, true, false, true], findings.Select(finding => finding.IsWell));
        Assert.Equal("neeto-12", findings[1].Fact);
        Assert.Equal("Pulling b", findings[3].Fact);
    }

    [Fact]
    public void Without_trouble_there_is_one_line() =>
        Assert.True(Assert.Single(new StackReport([new("neeto-12", true, null, null, 0, false)], null).Findings()).IsWell);
}
