using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using NeetoDeploy.Builder.Tests.Lifecycle;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

/// <summary>
/// A Debian mirror for a build outside of a container: real packages, made of text files, and an <c>apt-get</c> and <c>apt-cache</c> that know them. What a package
/// depends on is not followed: a test asks for all that it needs.
/// </summary>
internal sealed class FakeDebianMirror : IDisposable
{
    private const string Apt = """
        #!/usr/bin/env bash
        mirror=${0%/*/*}/mirror
        [[ ! -e $mirror/down ]] || { echo "E: the mirror is down" >&2; exit 100; }
        echo "${0##*/} $*" >> "$mirror/asked"
        answer=0 words=0
        for word in "$@"; do
          case $word in
            update) exit 0 ;;
            install | show) words=1 ;;
            -*) ;;
            *)
              ((words)) || continue
              if [[ -f $mirror/$word.${0##*/} ]]; then cat "$mirror/$word.${0##*/}"; else echo "E: Unable to locate package $word" >&2; answer=100; fi
              ;;
          esac
        done
        exit "$answer"
        """;

    private readonly TempFolder folder = new();

    public FakeDebianMirror()
    {
        Directory.CreateDirectory(folder["mirror"]);
        File.WriteAllText(folder["mirror/asked"], "");
        File.WriteAllText(folder["run-packages"], "");
        WriteProgram(folder["bin/apt-get"], Apt);
        WriteProgram(folder["bin/apt-cache"], Apt);
    }

    /// <summary>How often apt was run.</summary>
    public int Asked => File.ReadAllText(folder["mirror/asked"]).Count(c => c == '\n');

    public bool IsDown
    {
        set
        {
            if (value)
                File.WriteAllText(folder["mirror/down"], "");
            else
                File.Delete(folder["mirror/down"]);
        }
    }

    /// <summary>What is in a file of the mirror's own folder, such as <c>bin/apt-get</c>.</summary>
    public string this[string path]
    {
        get => File.ReadAllText(folder[path]);
        set => WriteProgram(folder[path], value);
    }

    /// <summary>As lists of packages are dated.</summary>
    public static string ThisWeek
    {
        get
        {
            var now = TimeProvider.System.GetLocalNow().DateTime;
            return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(now)}-W{ISOWeek.GetWeekOfYear(now):00}");
        }
    }

    /// <summary>Gives a build lists of packages that are for all apps.</summary>
    public static void ShareLists(LifecycleFixture fixture, string week)
    {
        fixture.Write("debian/week", week);
        fixture.Write("debian/srcpkgcache.bin", "");
    }

    /// <summary>Makes a build use this mirror.</summary>
    public FakeDebianMirror For(LifecycleFixture fixture)
    {
        fixture.Environment["PATH"] = $"{folder["bin"]}:{fixture.Environment["PATH"]}";
        fixture.Write("platform/env/NEETO_RUN_PACKAGES", folder["run-packages"]);
        return this;
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Adds a package or replaces it; files below <c>usr/bin</c> are programs. <c>postinst</c> is its script.</summary>
    public FakeDebianMirror Add(string package, string version, params (string Path, string Content)[] files)
    {
        var tree = folder[$"mirror/{package}"];
        if (Directory.Exists(tree))
            Directory.Delete(tree, recursive: true);
        WriteText(
            $"{tree}/DEBIAN/control",
            $"Package: {package}\nVersion: {version}\nArchitecture: all\nMaintainer: Nobody <nobody@example.com>\nDescription: made by a test\n"
        );
        foreach (var (path, content) in files)
        {
            if (path == "postinst")
                WriteProgram($"{tree}/DEBIAN/postinst", content);
            else if (path.Contains("bin/", StringComparison.Ordinal))
                WriteProgram($"{tree}/{path}", content);
            else
                WriteText($"{tree}/{path}", content);
        }
        Publish(package, version);
        return this;
    }

    /// <summary>Adds a package that another one brings along.</summary>
    public FakeDebianMirror AddTo(string other, string package, string version, params (string Path, string Content)[] files)
    {
        Add(package, version, files);
        File.AppendAllText(folder[$"mirror/{other}.apt-get"], File.ReadAllText(folder[$"mirror/{package}.apt-get"]));
        return this;
    }

    /// <summary>Makes what the mirror serves for a package differ from what it describes.</summary>
    public void Spoil(string package) => File.AppendAllText(folder[$"mirror/{package}.deb"], "more");

    private void Publish(string package, string version)
    {
        var archive = folder[$"mirror/{package}.deb"];
        using var build = Process.Start(
            new ProcessStartInfo("dpkg-deb", ["--root-owner-group", "-Znone", "--build", folder[$"mirror/{package}"], archive])
            {
                RedirectStandardOutput = true,
            }
        )!;
        build.WaitForExit();
        Assert.Equal(0, build.ExitCode);
        var bytes = File.ReadAllBytes(archive);
        WriteText(
            folder[$"mirror/{package}.apt-get"],
            string.Create(
                CultureInfo.InvariantCulture,
                $"'file://{archive}' {package}_{version.Replace(":", "%3a", StringComparison.Ordinal)}_all.deb {bytes.Length} SHA256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}\n"
            )
        );
        WriteText(folder[$"mirror/{package}.apt-cache"], $"Package: {package}\nVersion: {version}\n\n");
    }

    private static void WriteText(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private static void WriteProgram(string path, string content)
    {
        WriteText(path, content);
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }
}
