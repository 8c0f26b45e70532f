using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.Text;
using System.Text.RegularExpressions;
using Docker.DotNet.Models;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Stacks;

/// <summary>
/// Writes where npm packages come from to <c>/etc/neeto/npm-registry</c> of a build image, for buildpacks that fetch before they have an npm. The
/// address is npm's own: as this machine's npm is set, else the default in Debian's package, which is unpacked for that and not installed.
/// </summary>
internal sealed partial class NpmRegistry(DockerEngine engine)
{
    /// <param name="run">Runs a command in the container and answers its output.</param>
    public async Task WriteAsync(string container, Func<IReadOnlyList<string>, Task<string>> run, CancellationToken cancel)
    {
        var address = await AskNpmAsync(cancel) ?? await ReadPackageAsync(run);
        await using var tar = await TarAsync($"{address}\n");
        var place = new CopyToContainerParameters { Path = "/etc" };
        await engine.CallAsync((client, token) => client.Containers.ExtractArchiveToContainerAsync(container, place, tar, token), cancel);
    }

    /// <summary>The default registry in the source of npm's settings.</summary>
    public static string? ReadDefault(string definitions)
    {
        var match = DefaultPattern().Match(definitions);
        return match.Success ? Valid(match.Groups["address"].Value) : null;
    }

    private static async Task<string?> AskNpmAsync(CancellationToken cancel)
    {
        var start = new ProcessStartInfo("npm")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var argument in (string[])["config", "get", "registry"])
            start.ArgumentList.Add(argument);
        try
        {
            using var npm = Process.Start(start)!;
            var output = await npm.StandardOutput.ReadToEndAsync(cancel);
            await npm.WaitForExitAsync(cancel);
            return npm.ExitCode == 0 ? Valid(output.Trim()) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static async Task<string> ReadPackageAsync(Func<IReadOnlyList<string>, Task<string>> run)
    {
        const string Scratch = "/var/tmp/npm";
        await run(["mkdir", "-p", Scratch]);
        await run(["env", "-C", Scratch, "apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", "npm"]);
        var package = (await run(["find", Scratch, "-name", "npm_*.deb"])).Trim();
        await run(["dpkg-deb", "--extract", package, Scratch]);
        var source = await run(["grep", "-r", "-h", "-A", "12", "--include=*.js", "define('registry'", Scratch]);
        await run(["rm", "-r", Scratch]);
        return ReadDefault(source)
            ?? throw new DriverException(
                DriverErrorKind.Bug,
                "stack.no_npm_registry",
                "Debian's npm package does not say where its packages come from. Install npm on this machine."
            );
    }

    private static string? Valid(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? address : null;

    private static async Task<MemoryStream> TarAsync(string content)
    {
        var stream = new MemoryStream();
        await using (var tar = new TarWriter(stream, TarEntryFormat.Gnu, leaveOpen: true))
        {
            await tar.WriteEntryAsync(new GnuTarEntry(TarEntryType.Directory, "neeto/") { Mode = (UnixFileMode)0b111_101_101 });
            await tar.WriteEntryAsync(
                new GnuTarEntry(TarEntryType.RegularFile, "neeto/npm-registry")
                {
                    Mode = (UnixFileMode)0b110_100_100,
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
                }
            );
        }
        stream.Position = 0;
        return stream;
    }

    [GeneratedRegex(@"define\('registry',\s*\{.*?default:\s*(?<quote>['`""])(?<address>.+?)\k<quote>", RegexOptions.Singleline)]
    private static partial Regex DefaultPattern();
}
