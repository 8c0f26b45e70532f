using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Core.Tests.Builds;

public sealed class BuildReportTests
{
    [Fact]
    public void The_layer_that_grew_most_counts_a_new_one_as_a_whole()
    {
        var report = new BuildReport(
            [new("node", 1000, 0, 1000), new("packages", 300, 300, 250), new("app", 70, 70, 90), new("sbom", 60, 60, null)],
            [],
            1340,
            []
        );
        Assert.Equal(("sbom", 60L), (report.Grown()!.Name, report.Grown()!.Growth()));
        Assert.Equal((1430, 430), (report.SizeBytes(), report.UploadedBytes()));
        Assert.Equal(-20, report.Layers[2].Growth());
    }

    [Fact]
    public void Nothing_has_grown_when_there_was_nothing_before_or_all_became_smaller()
    {
        Assert.Null(new BuildReport([new("app", 70, 70, null)], [], null, []).Grown());
        Assert.Null(new BuildReport([new("app", 70, 70, 70)], [], 70, []).Grown());
    }

    [Fact]
    public void Every_reason_has_its_words()
    {
        var words = Enum.GetValues<CacheMissReason>()
            .Select(reason => new CacheMiss("neeto/nodejs:node", reason, "1 → 2").Explain())
            .ToList();
        Assert.Equal(words.Count, words.Distinct().Count());
        Assert.Contains("neeto/nodejs:node was made anew: 1 → 2", words);
    }
}
