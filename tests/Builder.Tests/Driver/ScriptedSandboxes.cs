using System.Collections.Concurrent;
using System.Text;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Tests.Driver;

/// <summary>What happens in a sandbox: it sees the host's folders, says things, and answers an exit code.</summary>
internal delegate Task<int> SandboxScript(ScriptedSandbox sandbox, CancellationToken cancel);

/// <summary>Sandboxes that do what a test says instead of running buildpacks.</summary>
internal sealed class ScriptedSandboxes : IBuildSandboxes
{
    /// <summary>What the next sandboxes do.</summary>
    public SandboxScript Script { get; set; } = Scripts.Node();

    /// <summary>Sandboxes that exist.</summary>
    public ConcurrentDictionary<string, ScriptedSandbox> Living { get; } = [];

    /// <summary>Every sandbox that was started.</summary>
    public ConcurrentQueue<ScriptedSandbox> Started { get; } = [];

    /// <summary>Builds whose sandboxes were asked to be removed.</summary>
    public ConcurrentQueue<string> Removed { get; } = [];

    public Task<IBuildSandbox> StartAsync(BuildSandboxSpec spec, CancellationToken cancel)
    {
        var sandbox = new ScriptedSandbox(this, spec);
        Started.Enqueue(sandbox);
        return Living.TryAdd(spec.Build, sandbox)
            ? Task.FromResult<IBuildSandbox>(sandbox)
            : throw new InvalidOperationException($"The sandbox {spec.Build} exists already.");
    }

    public Task RemoveAsync(string build, CancellationToken cancel)
    {
        Removed.Enqueue(build);
        foreach (var name in Living.Keys.Where(n => n == build || n.StartsWith(build + ".", StringComparison.Ordinal)))
            Living.TryRemove(name, out _);
        return Task.CompletedTask;
    }
}

/// <summary>A sandbox that runs a script.</summary>
internal sealed class ScriptedSandbox(ScriptedSandboxes all, BuildSandboxSpec spec) : IBuildSandbox
{
    private Func<ReadOnlyMemory<byte>, ValueTask> say = _ => ValueTask.CompletedTask;

    public BuildSandboxSpec Spec => spec;

    public IReadOnlyList<string> Command { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; private set; } = new Dictionary<string, string>();

    /// <summary>The host's path of one in the sandbox.</summary>
    public string this[string path] =>
        spec
            .Mounts.Where(m => path.StartsWith(m.Path + "/", StringComparison.Ordinal))
            .Select(m => m.HostPath + path[m.Path.Length..])
            .First();

    public void Write(string path, string content) => Write(path, Encoding.UTF8.GetBytes(content));

    public void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.WriteAllBytes(this[path], content);
    }

    public ValueTask SayAsync(string text) => say(Encoding.UTF8.GetBytes(text));

    public async Task<int> RunAsync(
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string> environment,
        string workingDirectory,
        Func<ReadOnlyMemory<byte>, ValueTask> output,
        CancellationToken cancel
    )
    {
        say = output;
        Command = command;
        Environment = environment;
        return await all.Script(this, cancel);
    }

    public ValueTask DisposeAsync()
    {
        all.Living.TryRemove(spec.Build, out _);
        return ValueTask.CompletedTask;
    }
}
