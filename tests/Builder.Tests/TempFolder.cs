namespace NeetoDeploy.Builder.Tests;

/// <summary>A folder that goes away with its test.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("neeto-builder-");

    public string Path => folder.FullName;

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    public void Dispose() => folder.Delete(recursive: true);
}
