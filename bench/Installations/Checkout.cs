namespace NeetoDeploy.Bench.Installations;

/// <summary>The checkout that the bench was built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    /// <summary>The command that starts this program again, however it was started itself.</summary>
    public static string[] Bench { get; } = ["dotnet", typeof(Checkout).Assembly.Location];

    /// <summary>The text of a sample's files, by path.</summary>
    public static Dictionary<string, string> Sample(string name) =>
        Directory.EnumerateFiles(Path.Combine(Root, "samples", name)).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

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
