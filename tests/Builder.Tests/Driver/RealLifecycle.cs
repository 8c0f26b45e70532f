using System.Diagnostics;

namespace NeetoDeploy.Builder.Tests.Driver;

/// <summary>A sandbox's script that runs the lifecycle itself, on the host's folders instead of those in a container.</summary>
internal static class RealLifecycle
{
    public static SandboxScript Script { get; } =
        async (sandbox, cancel) =>
        {
            var start = new ProcessStartInfo(Programs.Lifecycle) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var word in sandbox.Command.Skip(1))
                start.ArgumentList.Add(string.Join(':', word.Split(':').Select(part => Host(sandbox, part))));
            foreach (var (name, value) in sandbox.Environment.Where(v => v.Key != "PATH"))
                start.Environment[name] = Host(sandbox, value);
            using var process = Process.Start(start)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
            await process.WaitForExitAsync(cancel);
            await sandbox.SayAsync(await output + await errors);
            return process.ExitCode;
        };

    private static string Host(ScriptedSandbox sandbox, string path) =>
        sandbox.Spec.Mounts.FirstOrDefault(m => path == m.Path || path.StartsWith(m.Path + "/", StringComparison.Ordinal)) is { } mount
            ? mount.HostPath + path[mount.Path.Length..]
            : path;
}
