namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>The checkout that these tests were built from.</summary>
public static class Checkout
{
    public static string Root { get; } = Find();

    public static string Script => Path.Combine(Root, "neeto");

    public static string Sample(string name) => Path.Combine(Root, "samples", name);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NeetoDeploy.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No checkout above {AppContext.BaseDirectory}.");
    }
}
