using System.ComponentModel;
using System.Diagnostics;
using NeetoDeploy.Drivers.Abstractions;

namespace NeetoDeploy.Drivers.Docker.Stacks;

/// <summary>A run of mmdebstrap that writes a root file system as a tar archive.</summary>
internal sealed class Debootstrap : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> messages;

    private Debootstrap(Process process)
    {
        this.process = process;
        messages = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The archive while it is written.</summary>
    public Stream Tar => process.StandardOutput.BaseStream;

    public static Debootstrap Start(StackRecipe recipe, string directory, string scratch)
    {
        var script = Path.Combine(directory, $"{recipe.Name}-run-image.sh");
        File.WriteAllText(script, StackRecipe.RunImageScript);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo("mmdebstrap") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in Arguments(recipe, script))
            start.ArgumentList.Add(argument);
        start.Environment["TMPDIR"] = scratch;
        try
        {
            return new Debootstrap(Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw new DriverException(
                DriverErrorKind.Invalid,
                "stack.no_mmdebstrap",
                "mmdebstrap is not installed. Install it: apt-get install mmdebstrap",
                e
            );
        }
    }

    /// <summary>No mirror is named: mmdebstrap knows the one of each suite.</summary>
    public static IReadOnlyList<string> Arguments(StackRecipe recipe, string script) =>
        [
            "--mode=root",
            "--variant=apt",
            "--format=tar",
            "--aptopt=Acquire::Languages \"none\"",
            "--dpkgopt=force-unsafe-io",
            "--dpkgopt=path-exclude=/usr/share/man/*",
            "--dpkgopt=path-exclude=/usr/share/info/*",
            "--dpkgopt=path-exclude=/usr/share/doc/*",
            "--dpkgopt=path-include=/usr/share/doc/*/copyright",
            "--dpkgopt=path-exclude=/usr/share/locale/*",
            $"--include={string.Join(',', recipe.RunPackages)}",
            $"--customize-hook={script}",
            recipe.Suite,
            "-",
        ];

    /// <summary>Fails with what mmdebstrap said last, unless it succeeded.</summary>
    public async Task FinishAsync(CancellationToken cancel)
    {
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0)
        {
            var last = string.Join('\n', (await messages).Split('\n').TakeLast(8));
            throw new DriverException(
                DriverErrorKind.Unavailable,
                "stack.debootstrap_failed",
                $"mmdebstrap failed ({process.ExitCode}): {last}"
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
