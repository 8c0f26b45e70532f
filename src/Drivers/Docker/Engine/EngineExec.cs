using System.Text;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace NeetoDeploy.Drivers.Docker.Engine;

/// <summary>A command to run in a running container, without a terminal and without input.</summary>
/// <param name="IsShort">It ends at once, so the engine has the time of any call for it. Podman 4 may never answer a command's start.</param>
internal sealed record EngineExec(
    IReadOnlyList<string> Command,
    string User,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment,
    bool IsShort = false
);

/// <summary>Running commands in containers.</summary>
internal static class EngineExecs
{
    private static readonly TimeSpan AskingPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LastOutput = TimeSpan.FromSeconds(2);

    /// <summary>Answers exit code and output. Each stream is in order; the engine carries the two side by side.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        this DockerEngine engine,
        string container,
        EngineExec exec,
        CancellationToken cancel
    )
    {
        var output = new MemoryStream();
        var exitCode = await engine.RunAsync(container, exec, bytes => output.WriteAsync(bytes, cancel), cancel);
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()));
    }

    /// <summary>Answers the exit code; -1 when the engine has none, because the container went away.</summary>
    public static Task<int> RunAsync(
        this DockerEngine engine,
        string container,
        EngineExec exec,
        Func<ReadOnlyMemory<byte>, ValueTask> output,
        CancellationToken cancel
    )
    {
        return exec.IsShort ? engine.CallAsync(StartAsync, cancel) : engine.WaitAsync(StartAsync, cancel);

        async Task<int> StartAsync(IDockerClient client, CancellationToken token)
        {
            var request = new ContainerExecCreateParameters
            {
                Cmd = [.. exec.Command],
                User = exec.User,
                WorkingDir = exec.WorkingDirectory,
                Env = [.. exec.Environment.Select(variable => $"{variable.Key}={variable.Value}")],
                AttachStdout = true,
                AttachStderr = true,
            };
            var id = (await client.Exec.CreateContainerExecAsync(container, request, token)).ID!;
            using var stream = await client.Exec.StartContainerExecAsync(id, new ContainerExecStartParameters(), token);
            return await FollowAsync(client, id, stream, output, token);
        }
    }

    // A process that the command left behind may keep the output open for ever, so the command itself is asked after as well.
    private static async Task<int> FollowAsync(
        IDockerClient client,
        string id,
        MultiplexedStream stream,
        Func<ReadOnlyMemory<byte>, ValueTask> output,
        CancellationToken cancel
    )
    {
        var reading = CopyAsync(stream, output, cancel);
        while (true)
        {
            await Task.WhenAny(reading, Task.Delay(reading.IsCompleted ? TimeSpan.FromMilliseconds(5) : AskingPause, cancel));
            cancel.ThrowIfCancellationRequested();
            if (reading.IsFaulted)
                await reading;
            var state = await client.Exec.InspectContainerExecAsync(id, cancel);
            if (state.Running)
                continue;
            if (!reading.IsCompleted)
                await Task.WhenAny(reading, Task.Delay(LastOutput, cancel));
            return (int)(state.ExitCode ?? -1);
        }
    }

    private static async Task CopyAsync(MultiplexedStream stream, Func<ReadOnlyMemory<byte>, ValueTask> output, CancellationToken cancel)
    {
        var buffer = new byte[32 << 10];
        while ((await stream.ReadOutputAsync(buffer, 0, buffer.Length, cancel)).Count is > 0 and var count)
            await output(buffer.AsMemory(0, count));
    }
}
