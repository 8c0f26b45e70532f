using NeetoDeploy.Silo.Drivers;

namespace NeetoDeploy.Silo.Tests.Drivers;

public sealed class MachineSdkTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("sdk-test-");

    [Fact]
    public void The_SDK_beside_the_running_runtime_is_shown_to_builds_and_they_cannot_write_to_it()
    {
        root.CreateSubdirectory("sdk/10.0.401");
        File.WriteAllText(Path.Combine(root.FullName, "dotnet"), "");

        var mount = Assert.Single(MachineSdk.Mounts(Runtime()));

        Assert.Equal((root.FullName, "/usr/share/dotnet", true), (mount.HostPath, mount.Path, mount.ReadOnly));
    }

    [Fact]
    public void A_machine_with_a_runtime_alone_shows_nothing() => Assert.Empty(MachineSdk.Mounts(Runtime()));

    public void Dispose() => root.Delete(recursive: true);

    private string Runtime() => root.CreateSubdirectory("shared/Microsoft.NETCore.App/10.0.12").FullName + "/";
}
