using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeetoDeploy.Builder.Tests.Lifecycle;

/// <summary>A build's folders in a temporary place, buildpacks written in bash, and the lifecycle run as a process over them.</summary>
internal sealed class LifecycleFixture : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("lifecycle-test-");

    public LifecycleFixture()
    {
        foreach (var folder in new[] { "app", "layers", "platform/env", "buildpacks", "cache", "downloads", "build-config/env", "tmp" })
            Directory.CreateDirectory(At(folder));
        Environment["TMPDIR"] = At("tmp");
        // The lifecycle passes only what the specification names on to buildpacks.
        Write("build-config/env/TMPDIR", At("tmp"));
    }

    public Dictionary<string, string> Environment { get; } =
        new()
        {
            ["PATH"] = System.Environment.GetEnvironmentVariable("PATH")!,
            ["HOME"] = "/nowhere",
            ["DOTNET_ROOT"] = DotnetRoot,
        };

    /// <summary>Where the buildpacks are; a fixture of its own unless told otherwise.</summary>
    public string? Buildpacks { get; init; }

    /// <summary>Where downloads of other apps are; a folder of its own unless told otherwise.</summary>
    public string? Downloads { get; init; }

    private static string DotnetRoot =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));

    public string At(string path) => Path.Combine(root.FullName, path);

    public void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), content);
    }

    /// <summary>Writes a file that can be run.</summary>
    public void Program(string path, string content)
    {
        Write(path, content);
        File.SetUnixFileMode(At(path), (UnixFileMode)0b111_101_101);
    }

    public string Read(string path) => File.ReadAllText(At(path));

    public bool Exists(string path) => Path.Exists(At(path));

    /// <summary>Adds a buildpack whose programs are the given bash lines.</summary>
    public LifecycleFixture Buildpack(
        string id,
        string build = "",
        string detect = "",
        string api = "0.10",
        string version = "1.0.0",
        string more = ""
    )
    {
        var folder = $"buildpacks/{id.Replace('/', '_')}/{version}";
        Write($"{folder}/buildpack.toml", $"api = \"{api}\"\n[buildpack]\nid = \"{id}\"\nversion = \"{version}\"\n{more}\n");
        Program($"{folder}/bin/detect", "#!/usr/bin/env bash\nset -eu\n" + detect + "\n");
        Program($"{folder}/bin/build", "#!/usr/bin/env bash\nset -eu\n" + build + "\n");
        return this;
    }

    /// <summary>Adds a classic buildpack: its name makes a program of every entry.</summary>
    public LifecycleFixture Classic(string id, params (string Program, string Lines)[] programs)
    {
        foreach (var (name, lines) in ((string, string)[])[("detect", $"echo Detected {id}"), ("compile", "true"), .. programs])
            Program($"buildpacks/{id.Replace('/', '_')}/1/bin/{name}", "#!/usr/bin/env bash\nset -eu\n" + lines + "\n");
        return this;
    }

    /// <summary>One group of buildpacks that a user chose, named by their ids; a trailing question mark makes one optional.</summary>
    public LifecycleFixture Chosen(string ids)
    {
        Write(
            "order.toml",
            "[[order]]\n"
                + string.Concat(
                    ids.Split(' ')
                        .Select(id =>
                            $"[[order.group]]\nid = \"{id.TrimEnd('?')}\"\nsource = \"https://x.test/{id.TrimEnd('?')}\"\n"
                            + (id.EndsWith('?') ? "optional = true\n" : "")
                        )
                )
        );
        return this;
    }

    /// <summary>Groups of ids; a trailing question mark makes a buildpack optional.</summary>
    public LifecycleFixture Order(params string[] groups)
    {
        Write("order.toml", string.Concat(groups.Select(group => "[[order]]\n" + Group("order", group))));
        return this;
    }

    public static string Group(string table, string ids) =>
        string.Concat(
            ids.Split(' ')
                .Select(id => $"[[{table}.group]]\nid = \"{id.TrimEnd('?')}\"\noptional = {(id.EndsWith('?') ? "true" : "false")}\n")
        );

    public async Task<LifecycleRun> RunAsync(string phase = "creator")
    {
        var start = new ProcessStartInfo(Programs.Lifecycle) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in Words(phase))
            start.ArgumentList.Add(word);
        start.Environment.Clear();
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await errors);
    }

    public IReadOnlyList<string> Phases() =>
        [.. JsonDocument.Parse(Read("layers/phases.json")).RootElement.EnumerateArray().Select(p => p.GetProperty("phase").GetString()!)];

    /// <summary>The buildpacks that were detected.</summary>
    public IEnumerable<string> Ids() =>
        Read("layers/group.toml")
            .Split('\n')
            .Where(line => line.StartsWith("id = ", StringComparison.Ordinal))
            .Select(line => line["id = ".Length..].Trim('"'));

    /// <summary>The package URLs in the bill of materials of a buildpack's layer; without a layer, in that of the app's own folder.</summary>
    public IEnumerable<string> Materials(string buildpack, string layer = "") =>
        JsonNode.Parse(Read(BillOf(buildpack, layer)))!["components"]!
            .AsArray()
            .Select(component => component!["purl"]!.GetValue<string>());

    public static string BillOf(string buildpack, string layer = "") =>
        Path.Combine("layers/sbom/launch", buildpack, layer, "sbom.cdx.json");

    public void Dispose() => root.Delete(recursive: true);

    private string[] Words(string phase) =>
        [
            phase,
            "-app",
            At("app"),
            "-layers",
            At("layers"),
            "-platform",
            At("platform"),
            "-order",
            Buildpacks is null ? At("order.toml") : Path.Combine(Buildpacks, "order.toml"),
            "-buildpacks",
            Buildpacks ?? At("buildpacks"),
            "-cache",
            At("cache"),
            "-downloads",
            Downloads ?? At("downloads"),
            "-debian-lists",
            At("debian"),
            "-system",
            At("system.toml"),
            "-build-config",
            At("build-config"),
            "-phases",
            At("layers/phases.json"),
        ];
}

internal sealed record LifecycleRun(int ExitCode, string Output, string Errors)
{
    /// <summary>Fails with everything that was printed.</summary>
    public LifecycleRun Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"expected exit code {exitCode}, got {ExitCode}\n{Output}\n{Errors}");
        return this;
    }
}
