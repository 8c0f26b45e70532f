using NeetoDeploy.Drivers.Abstractions.Dynos;

namespace NeetoDeploy.Drivers.Fake.Dynos;

/// <summary>One incarnation in the fake engine.</summary>
internal sealed class FakeDyno
{
    private readonly FakeProgram program;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private DynoObservation seen;

    public FakeDyno(DynoSpec spec, string address, FakeProgram program, TimeProvider time)
    {
        this.program = program;
        this.time = time;
        Spec = spec;
        Output = new FakeOutput(time);
        Process = new FakeProcess(spec, Output);
        seen = new(spec.Key, new DynoHandle($"fake:{spec.Key}"), DynoPhase.Created, address, null, false, null, null);
    }

    public DynoSpec Spec { get; }

    public FakeProcess Process { get; }

    public FakeOutput Output { get; }

    /// <summary>Completes when it has exited and its output is complete.</summary>
    public Task Exited { get; private set; } = Task.CompletedTask;

    public DynoObservation Observation
    {
        get
        {
            lock (gate)
                return seen;
        }
        private set
        {
            lock (gate)
                seen = value;
        }
    }

    public void Start(Action<DynoKey> changed)
    {
        Observation = Observation with { Phase = DynoPhase.Running, StartedAt = time.GetUtcNow() };
        changed(Spec.Key);
        Exited = FinishAsync(changed);
    }

    private async Task FinishAsync(Action<DynoKey> changed)
    {
        var exitCode = await Process.RunAsync(program);
        Observation = Observation with
        {
            Phase = DynoPhase.Exited,
            ExitCode = exitCode,
            OutOfMemory = Process.IsOutOfMemory,
            FinishedAt = time.GetUtcNow(),
            Address = null,
        };
        Output.Complete();
        changed(Spec.Key);
    }
}
