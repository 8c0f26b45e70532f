using System.Diagnostics;

namespace NeetoDeploy.Builder.Tests.Launcher;

/// <summary>The layers and the app of an image in a temporary place, and the launcher run as a process, under any name.</summary>
internal sealed class LauncherFixture : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("launcher-test-");

    public LauncherFixture()
    {
        foreach (var folder in new[] { "app", "layers", "process" })
            Directory.CreateDirectory(At(folder));
        Environment = new()
        {
            ["PATH"] = "/cnb/process:/cnb/lifecycle:" + System.Environment.GetEnvironmentVariable("PATH"),
            ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..")),
            ["CNB_LAYERS_DIR"] = At("layers"),
            ["CNB_APP_DIR"] = At("app"),
        };
    }

    public Dictionary<string, string> Environment { get; }

    public string At(string path) => Path.Combine(root.FullName, path);

    public LauncherFixture Write(string path, string content, bool executable = false)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), content);
        if (executable)
            File.SetUnixFileMode(At(path), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return this;
    }

    /// <summary>Buildpack <c>old/one</c> speaks API 0.8, <c>new/two</c> 0.10; they ran in this order.</summary>
    public LauncherFixture Metadata(string processes) =>
        Write(
            "layers/config/metadata.toml",
            "[[buildpacks]]\nid = \"old/one\"\napi = \"0.8\"\n[[buildpacks]]\nid = \"new/two\"\napi = \"0.10\"\n" + processes,
            executable: false
        );

    public Process Start(string name, params string[] arguments)
    {
        var link = At($"process/{name}");
        if (!File.Exists(link))
            File.CreateSymbolicLink(link, Programs.Launcher);
        var start = new ProcessStartInfo(link, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = root.FullName,
        };
        start.Environment.Clear();
        foreach (var (variable, value) in Environment)
            start.Environment[variable] = value;
        return Process.Start(start)!;
    }

    public async Task<(int ExitCode, string Output, string Errors)> RunAsync(string name, params string[] arguments)
    {
        using var process = Start(name, arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    public void Dispose() => root.Delete(recursive: true);
}
