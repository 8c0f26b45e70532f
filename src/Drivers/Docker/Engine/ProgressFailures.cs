using Docker.DotNet.Models;

namespace NeetoDeploy.Drivers.Docker.Engine;

/// <summary>Catches the failure that a pull, push or import reports only inside its progress.</summary>
internal sealed class ProgressFailures : IProgress<JSONMessage>
{
    private volatile string? message;

    public void Report(JSONMessage value)
    {
        if (value.Error is { } error)
            message ??= error.Message;
    }

    public void ThrowIfAny()
    {
        if (message is { } text)
            throw EngineErrors.OfProgress(text);
    }
}
