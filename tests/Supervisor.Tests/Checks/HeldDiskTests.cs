using NeetoDeploy.Supervisor.Checks;

namespace NeetoDeploy.Supervisor.Tests.Checks;

public sealed class HeldDiskTests
{
    [Fact]
    public void The_largest_part_is_named_first_and_links_take_no_room()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Data;
        Assert.Equal("less than a megabyte", HeldDisk.Describe(data));

        Directory.CreateDirectory(Path.Combine(data.Root, "builds", "app", "layers"));
        File.WriteAllBytes(Path.Combine(data.Root, "builds", "app", "layers", "node"), new byte[3 << 20]);
        File.CreateSymbolicLink(Path.Combine(data.Root, "builds", "everything"), "/usr");
        using (var sparse = File.Create(Path.Combine(data.Root, "registry", "blob")))
            sparse.SetLength(3L << 29);
        Assert.Equal("registry 1.5 GiB · builds 3 MiB", HeldDisk.Describe(data));
    }
}
