using NeetoDeploy.Drivers.Docker.Engine;
using NeetoDeploy.Drivers.Tests.Support;

namespace NeetoDeploy.Drivers.Tests.Docker;

public sealed class ProcessorReserveTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    private ProcessorReserve Reserve => new(folder.Path);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("0-1", "1")]
    [InlineData("0-3", "1,2,3")]
    [InlineData("2,4-5,8-12", "5,8,9,10,11,12")]
    public void Groups_of_version_1_leave_a_quarter_with_all_that_is_in_them_and_get_it_back(string all, string left)
    {
        string[] groups = ["neeto-builds", "neeto-builds/container", "neeto-background"];
        Write("cpuset", all);
        foreach (var group in groups)
            Write($"cpuset/{group}", all);
        Write("cpuset/neeto-dynos", all);

        Reserve.LeaveProcessorsToDynos(true);
        Assert.All(groups, group => Assert.Equal(left, Read($"cpuset/{group}")));
        Assert.Equal(all, Read("cpuset/neeto-dynos"));

        Reserve.LeaveProcessorsToDynos(false);
        Assert.All(groups, group => Assert.Equal(ProcessorList.Parse(all), ProcessorList.Parse(Read($"cpuset/{group}"))));
    }

    [Fact]
    public void In_version_2_what_is_in_a_group_follows_it_by_itself()
    {
        Write(".", "0-7", "cpuset.cpus.effective");
        string[] groups = ["neeto.slice/neeto-builds.slice", "neeto-background"];
        foreach (var group in groups)
            Write(group, "");
        Write("neeto-background/container", "");
        Reserve.LeaveProcessorsToDynos(true);
        Assert.All(groups, group => Assert.Equal("2,3,4,5,6,7", Read(group)));
        Assert.Equal("", Read("neeto-background/container"));
    }

    [Fact]
    public void A_single_processor_is_shared()
    {
        Write("cpuset", "0");
        Write("cpuset/neeto-builds", "0");
        Reserve.LeaveProcessorsToDynos(true);
        Assert.Equal("0", Read("cpuset/neeto-builds"));
    }

    private void Write(string group, string processors, string file = "cpuset.cpus")
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, group));
        File.WriteAllText(Path.Combine(folder.Path, group, file), processors);
    }

    private string Read(string group) => File.ReadAllText(Path.Combine(folder.Path, group, "cpuset.cpus"));
}
