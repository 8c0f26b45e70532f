using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Posix;
using Tomlyn;
using Tomlyn.Model;

namespace NeetoDeploy.Builder.Sources;

/// <summary>
/// Lays out the buildpacks that come with a source, as the platform specification wants buildpacks (<c>&lt;id&gt;/&lt;version&gt;/</c>). The source is as
/// it was unpacked: no links are in it yet.
/// </summary>
internal sealed class ProjectBuildpackFolder(string folder)
{
    private const string ScriptVersion = "0.0.0";

    /// <summary>Answers the project with ids and versions for what is now in the folder.</summary>
    /// <exception cref="SourceException">A buildpack is not where the project says, or is none.</exception>
    public ProjectDescriptor Fill(ProjectDescriptor project, string source)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Make(folder);
        return project.With(b =>
            b.Script is { } script ? Write(b, script)
            : b.LocalPath is { } path ? Copy(b, source, path)
            : b
        );
    }

    private ProjectBuildpack Write(ProjectBuildpack buildpack, ProjectScript script)
    {
        var target = FolderOf(buildpack.Id, ScriptVersion);
        Make(Path.Combine(target, "bin"));
        var descriptor = new TomlTable
        {
            ["api"] = script.Api,
            ["buildpack"] = new TomlTable { ["id"] = buildpack.Id, ["version"] = ScriptVersion },
        };
        Write(Path.Combine(target, "buildpack.toml"), TomlSerializer.Serialize(descriptor), FileModes.Readable);
        Write(Path.Combine(target, "bin", "detect"), "#!/bin/sh\nexit 0\n", FileModes.Executable);
        Write(Path.Combine(target, "bin", "build"), $"#!{script.Shell}\n\n{script.Inline}\n", FileModes.Executable);
        return buildpack with { Version = ScriptVersion };
    }

    private ProjectBuildpack Copy(ProjectBuildpack buildpack, string source, string path)
    {
        var from = new UntrustedFolder(source).Find(path, FileKind.Directory) ?? throw Refuse(path, "the source has no such folder");
        var (id, version) = Identify(from, path);
        var target = FolderOf(id, version);
        Make(target);
        foreach (var entry in FolderWalk.Of(from))
        {
            var to = Path.Combine(target, entry.Relative);
            if (entry.Status.Kind is FileKind.Directory)
                Make(to);
            else
            {
                File.Copy(entry.Path, to, overwrite: true);
                File.SetUnixFileMode(to, entry.Status.IsExecutable ? FileModes.Executable : FileModes.Readable);
            }
        }
        return buildpack with { Id = id, Version = version };
    }

    private static (string Id, string Version) Identify(string from, string path)
    {
        try
        {
            var toml = TomlText.Parse(
                new UntrustedFolder(from).ReadText("buildpack.toml") ?? throw new FormatException("it has no buildpack.toml")
            );
            var table = TomlText.Table(toml, "buildpack");
            var (id, version) = (TomlText.String(table, "id"), TomlText.String(table, "version"));
            return ProjectBuildpack.IsId(id) && ProjectBuildpack.IsVersion(version)
                ? (id, version)
                : throw new FormatException(
                    $"its buildpack.toml must have an id (letters, digits, '.', '/', '-') and a version of three numbers such as 1.0.0, and has '{SourcePath.Show(id)}' and '{SourcePath.Show(version)}'"
                );
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            throw Refuse(path, e.Message);
        }
    }

    private string FolderOf(string id, string version) => Path.Combine(folder, id.Replace('/', '_'), version);

    // Whatever the umask of this process is: another user reads it.
    private static void Make(string path)
    {
        if (Directory.Exists(path))
            return;
        Make(Path.GetDirectoryName(path)!);
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, FileModes.Executable);
    }

    private static void Write(string path, string text, UnixFileMode mode)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, mode);
    }

    private static SourceException Refuse(string path, string reason) =>
        new($"{ProjectDescriptor.FileName} names the buildpack {SourcePath.Show(path)}: {reason}");
}
