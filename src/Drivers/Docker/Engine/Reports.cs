namespace NeetoDeploy.Drivers.Docker.Engine;

/// <summary>Hands reports on at once and in order; <see cref="Progress{T}"/> would post them elsewhere.</summary>
internal sealed class Reports<T>(Action<T> take) : IProgress<T>
{
    public void Report(T value) => take(value);
}

/// <summary>Keeps the last report.</summary>
internal sealed class LastReport<T> : IProgress<T>
    where T : class
{
    private volatile T? value;

    public T? Value => value;

    public void Report(T value) => this.value = value;
}
