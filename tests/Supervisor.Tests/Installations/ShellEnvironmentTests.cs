using NeetoDeploy.Supervisor.Installations;

namespace NeetoDeploy.Supervisor.Tests.Installations;

public sealed class ShellEnvironmentTests
{
    [Fact]
    public void The_usual_folder_need_not_be_named() =>
        Assert.Equal("eval \"$(./neeto env)\"", ShellEnvironment.Command(new DataFolder(Path.GetFullPath(DataFolder.Usual))));

    [Fact]
    public void Any_other_folder_is_named_as_a_shell_reads_it() =>
        Assert.Equal(@"eval ""$(./neeto env --data '/srv/it'\''s two')""", ShellEnvironment.Command(new DataFolder("/srv/it's two")));
}
