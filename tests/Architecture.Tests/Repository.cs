using System.Runtime.CompilerServices;

namespace NeetoDeploy.Architecture.Tests;

/// <summary>The files that the rules are about.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>C# files below <c>src</c> or <c>tests</c>, without what the build makes.</summary>
    public static IReadOnlyList<SourceFile> Sources(string top) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Root, top), "*.cs", SearchOption.AllDirectories)
                .Where(IsOurs)
                .Order()
                .Select(SourceFile.Read),
        ];

    public static IReadOnlyList<string> Projects(string top) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, top), "*.csproj", SearchOption.AllDirectories).Where(IsOurs).Order()];

    private static bool IsOurs(string file) => !file.Split('/').Any(part => part is "obj" or "bin" or "artifacts" or "node_modules");

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        var folder = Path.GetDirectoryName(thisFile);
        while (folder is not null && !File.Exists(Path.Combine(folder, "NeetoDeploy.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"No solution above {thisFile}.");
    }
}

/// <summary>A C# file.</summary>
/// <param name="Path">From the repository's root.</param>
internal sealed record SourceFile(string Path, string[] Lines)
{
    public string Name => System.IO.Path.GetFileName(Path);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    public string Text => string.Join('\n', Lines);

    public static SourceFile Read(string file) => new(System.IO.Path.GetRelativePath(Repository.Root, file), File.ReadAllLines(file));
}
