using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using NeetoDeploy.Builder.Tests.Lifecycle;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

/// <summary>
/// A Debian mirror for a build outside of a container: real packages, made of text files, and an <c>apt-get</c> and <c>apt-cache</c> that know them. What a package
/// depends on is not followed: a test asks for all that it needs.
/// </summary>
internal sealed class FakeDebianMirror
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

    private readonly LifecycleFixture fixture;

    public FakeDebianMirror(LifecycleFixture fixture)
    {
        this.fixture = fixture;
        fixture.Write("mirror/asked", "");
        fixture.Program("bin/apt-get", Apt);
        fixture.Program("bin/apt-cache", Apt);
        fixture.Environment["PATH"] = $"{fixture.At("bin")}:{fixture.Environment["PATH"]}";
        fixture.Write("platform/env/NEETO_RUN_PACKAGES", fixture.At("run-packages"));
        fixture.Write("run-packages", "");
    }

    /// <summary>How often apt was run.</summary>
    public int Asked => fixture.Read("mirror/asked").Count(c => c == '\n');

    public bool IsDown
    {
        set
        {
            if (value)
                fixture.Write("mirror/down", "");
            else
                File.Delete(fixture.At("mirror/down"));
        }
    }

    /// <summary>Adds a package or replaces it; files below <c>usr/bin</c> are programs. <c>postinst</c> is its script.</summary>
    public FakeDebianMirror Add(string package, string version, params (string Path, string Content)[] files)
    {
        var tree = $"mirror/{package}";
        if (Directory.Exists(fixture.At(tree)))
            Directory.Delete(fixture.At(tree), recursive: true);
        fixture.Write(
            $"{tree}/DEBIAN/control",
            $"Package: {package}\nVersion: {version}\nArchitecture: all\nMaintainer: Nobody <nobody@example.com>\nDescription: made by a test\n"
        );
        foreach (var (path, content) in files)
        {
            if (path == "postinst")
                fixture.Program($"{tree}/DEBIAN/postinst", content);
            else if (path.Contains("bin/", StringComparison.Ordinal))
                fixture.Program($"{tree}/{path}", content);
            else
                fixture.Write($"{tree}/{path}", content);
        }
        Publish(package, version);
        return this;
    }

    /// <summary>Makes what the mirror serves for a package differ from what it describes.</summary>
    public void Spoil(string package) => File.AppendAllText(fixture.At($"mirror/{package}.deb"), "more");

    private void Publish(string package, string version)
    {
        var archive = fixture.At($"mirror/{package}.deb");
        using var build = Process.Start(
            new ProcessStartInfo("dpkg-deb", ["--root-owner-group", "-Znone", "--build", fixture.At($"mirror/{package}"), archive])
            {
                RedirectStandardOutput = true,
            }
        )!;
        build.WaitForExit();
        Assert.Equal(0, build.ExitCode);
        var bytes = File.ReadAllBytes(archive);
        fixture.Write(
            $"mirror/{package}.apt-get",
            string.Create(
                CultureInfo.InvariantCulture,
                $"'file://{archive}' {package}_{version.Replace(":", "%3a", StringComparison.Ordinal)}_all.deb {bytes.Length} SHA256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}\n"
            )
        );
        fixture.Write($"mirror/{package}.apt-cache", $"Package: {package}\nVersion: {version}\n\n");
    }
}
