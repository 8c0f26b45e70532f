using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Dynos;

namespace NeetoDeploy.Drivers.Fake.Dynos;

/// <summary>What tests do to the fake engine.</summary>
public sealed partial class FakeDynoDriver
{
    /// <summary>Specs of the incarnations that exist, for assertions.</summary>
    public IReadOnlyList<DynoSpec> Specs => [.. dynos.Values.Select(dyno => dyno.Spec)];

    /// <summary>Dynos of a process type that are created from now on run this program.</summary>
    public void Run(string processType, FakeProgram program) => programs[processType] = program;

    /// <summary>Dynos that are created with a command line from now on run this program.</summary>
    public void RunCommandLines(FakeProgram program) => programs[CommandLine] = program;

    /// <summary>Ends a running dyno as if its process had exited.</summary>
    public void Crash(DynoKey key, int exitCode = 1, bool outOfMemory = false)
    {
        var dyno = Get(key);
        if (outOfMemory)
            dyno.Process.ReportOutOfMemory();
        dyno.Process.End(exitCode);
    }

    /// <summary>Writes a line as a running dyno.</summary>
    public void Write(DynoKey key, string line) => Get(key).Process.WriteLine(line);

    /// <summary>Makes an incarnation vanish as if somebody had removed it behind our back.</summary>
    public void Lose(DynoKey key)
    {
        var dyno = Get(key);
        dynos.TryRemove(dyno.Observation.Handle, out _);
        dyno.Process.End(137);
    }

    /// <summary>Ends every running dyno, as a restart of the machine does.</summary>
    public void LosePower()
    {
        foreach (var dyno in dynos.Values)
            dyno.Process.End(255);
    }

    /// <summary>From now on the image cannot be pulled.</summary>
    public void LoseImage(ImageRef image) => lostImages[image] = 0;

    private FakeDyno Get(DynoKey key) => Find(key) ?? throw new InvalidOperationException($"The fake engine has no dyno {key}.");
}
