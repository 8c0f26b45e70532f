using System.Xml.Linq;

namespace NeetoDeploy.Architecture.Tests;

/// <summary>Which project may know which. A new arrow is a decision: it belongs in <c>docs/decisions</c> and then in this table.</summary>
public sealed class DependencyTests
{
    private const string Everything = "*";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Core"] = [],
        ["Api.Contracts"] = [],
        ["Grains.Interfaces"] = ["Core"],
        ["Drivers.Abstractions"] = ["Core"],
        ["Drivers.Fake"] = ["Core", "Drivers.Abstractions"],
        ["Drivers.Docker"] = ["Core", "Drivers.Abstractions"],
        ["Drivers.Registry"] = ["Core", "Drivers.Abstractions"],
        ["Grains"] = ["Core", "Grains.Interfaces", "Drivers.Abstractions"],
        ["Builder"] = ["Core", "Drivers.Abstractions"],
        ["Builder.Lifecycle"] = ["Core"],
        ["Builder.Launcher"] = ["Core"],
        ["LogRelay"] = ["Core", "Grains.Interfaces"],
        ["Api"] = ["Core", "Grains.Interfaces", "Api.Contracts", "LogRelay"],
        ["Dashboard"] = ["Core", "Grains.Interfaces", "LogRelay"],
        ["Router"] = ["Core", "Grains.Interfaces"],
        ["Silo"] = [Everything],
        ["Cli"] = ["Core", "Api.Contracts"],
        ["Supervisor"] = [],
    };

    private static readonly string[] VendorSdks =
    [
        "Docker.DotNet",
        "Npgsql",
        "Microsoft.Data.Sqlite",
        "Dapper",
        "Yarp",
        "KubernetesClient",
        "Octokit",
        "AWSSDK",
    ];

    public static TheoryData<string> SourceProjects() => [.. Repository.Projects("src").Select(NameOf)];

    [Theory, MemberData(nameof(SourceProjects))]
    public void A_project_knows_only_what_the_table_allows(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out var allowed), $"{project} is not in the table of allowed references.");
        if (allowed is [Everything])
            return;
        var unexpected = References(FileOf(project), "ProjectReference").Select(NameOf).Except(allowed);

        Assert.True(!unexpected.Any(), $"{project} may not reference {string.Join(", ", unexpected)}.");
    }

    [Fact]
    public void Nothing_but_the_silo_names_a_driver()
    {
        var offenders =
            from project in Repository.Projects("src")
            where NameOf(project) != "Silo"
            from reference in References(project, "ProjectReference").Select(NameOf)
            where reference.StartsWith("Drivers.", StringComparison.Ordinal) && reference != "Drivers.Abstractions"
            select $"{NameOf(project)} references {reference}";

        Offenders.None(offenders);
    }

    [Fact]
    public void The_silo_never_runs_on_imitations() =>
        Assert.DoesNotContain("Drivers.Fake", References(FileOf("Silo"), "ProjectReference").Select(NameOf));

    [
        Theory,
        InlineData("Core"),
        InlineData("Grains.Interfaces"),
        InlineData("Grains"),
        InlineData("Drivers.Abstractions"),
        InlineData("Api"),
        InlineData("LogRelay")
    ]
    public void The_inner_projects_hold_no_vendor_SDK(string project)
    {
        var vendors = References(FileOf(project), "PackageReference").Where(package => VendorSdks.Any(package.StartsWith));

        Offenders.None(vendors);
    }

    [Fact]
    public void Drivers_run_without_Orleans()
    {
        var offenders =
            from project in Repository.Projects("src/Drivers")
            from package in References(project, "PackageReference")
            where package.StartsWith("Microsoft.Orleans", StringComparison.Ordinal)
            select $"{NameOf(project)} references {package}";

        Offenders.None(offenders);
    }

    [Fact]
    public void Core_needs_only_the_serializer_attributes() =>
        Assert.Equal(["Microsoft.Orleans.Sdk"], References(FileOf("Core"), "PackageReference"));

    private static string FileOf(string project) => Repository.Projects("src").Single(file => NameOf(file) == project);

    private static string NameOf(string projectFile) =>
        Path.GetFileNameWithoutExtension(projectFile.Replace('\\', '/')).Replace("NeetoDeploy.", "", StringComparison.Ordinal);

    private static IEnumerable<string> References(string projectFile, string kind) =>
        XDocument.Load(projectFile).Descendants(kind).Select(reference => reference.Attribute("Include")!.Value);
}
