using NeetoDeploy.Drivers.Abstractions;

namespace NeetoDeploy.Drivers.Fake;

/// <summary>
/// Makes a fake's calls fail, hang or take long. An operation is named by its method: <c>nameof(IDynoDriver.EnsureAsync)</c>.
/// </summary>
public sealed class FakeFaults(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly List<Fault> faults = [];
    private readonly Dictionary<string, TimeSpan> delays = [];
    private readonly Dictionary<string, FakeHold> holds = [];
    private readonly Dictionary<string, int> calls = [];
    private DriverException? outage;

    private sealed record Fault(string Operation, int Call, Exception Error, bool AfterEffect);

    /// <summary>How often the operation was called.</summary>
    public int Calls(string operation)
    {
        lock (gate)
            return calls.GetValueOrDefault(operation);
    }

    /// <summary>The next <paramref name="count"/> calls fail without effect.</summary>
    public void FailNext(string operation, DriverErrorKind kind = DriverErrorKind.Unavailable, int count = 1)
    {
        for (var i = 1; i <= count; i++)
            FailNth(operation, i, kind);
    }

    /// <summary>The n-th call from now (1: the next) fails without effect.</summary>
    public void FailNth(string operation, int n, DriverErrorKind kind = DriverErrorKind.Unavailable) =>
        Add(operation, n, kind, afterEffect: false);

    /// <summary>The next call takes effect, and its caller is told that it failed: the answer was lost.</summary>
    public void LoseNextAnswer(string operation, DriverErrorKind kind = DriverErrorKind.TimedOut) =>
        Add(operation, 1, kind, afterEffect: true);

    /// <summary>Every call takes this long, by the fake's clock. Zero ends it.</summary>
    public void Slow(string operation, TimeSpan delay)
    {
        lock (gate)
            delays[operation] = delay;
    }

    /// <summary>Calls wait until the answer is released.</summary>
    public FakeHold Hold(string operation)
    {
        lock (gate)
            return holds[operation] = new FakeHold();
    }

    /// <summary>Every call fails until <see cref="EndOutage"/>: the engine is down.</summary>
    public void BeginOutage()
    {
        lock (gate)
            outage = new DriverException(DriverErrorKind.Unavailable, "engine.unavailable", "The fake engine is down.");
    }

    public void EndOutage()
    {
        lock (gate)
            outage = null;
    }

    /// <summary>What a fake awaits first in each operation; what it answers is awaited last.</summary>
    internal async Task<Action> EnterAsync(string operation, CancellationToken cancel)
    {
        Fault? fault;
        FakeHold? hold;
        TimeSpan delay;
        lock (gate)
        {
            var call = calls[operation] = calls.GetValueOrDefault(operation) + 1;
            fault = faults.Find(f => f.Operation == operation && f.Call == call);
            hold = holds.GetValueOrDefault(operation);
            delay = delays.GetValueOrDefault(operation);
        }
        if (hold is not null)
            await hold.PassAsync(cancel);
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, time, cancel);
        cancel.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (outage is not null)
                throw outage;
        }
        if (fault is { AfterEffect: false })
            throw fault.Error;
        return () =>
        {
            if (fault is not null)
                throw fault.Error;
        };
    }

    private void Add(string operation, int n, DriverErrorKind kind, bool afterEffect)
    {
        lock (gate)
        {
            var error = new DriverException(kind, "fake.fault", $"The fake was told to fail call {n} of {operation}.");
            faults.Add(new Fault(operation, calls.GetValueOrDefault(operation) + n, error, afterEffect));
        }
    }
}
