using NeetoDeploy.Supervisor.Installations;

namespace NeetoDeploy.Supervisor.Tests;

/// <summary>A data folder that goes with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder()
    {
        Data = new DataFolder(Directory.CreateTempSubdirectory("neeto-supervisor-").FullName);
        Data.Create();
    }

    public DataFolder Data { get; }

    public void Dispose() => Directory.Delete(Data.Root, recursive: true);
}
