using System.Text;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Tests.Driver;

/// <summary>Keeps what a build says.</summary>
internal sealed class RecordedOutput : IBuildOutput
{
    private readonly MemoryStream bytes = new();

    public List<PhaseTiming> Phases { get; } = [];

    public long Length => bytes.Length;

    public string Text => Encoding.UTF8.GetString(bytes.ToArray());

    public ValueTask WriteAsync(ReadOnlyMemory<byte> chunk)
    {
        bytes.Write(chunk.Span);
        return ValueTask.CompletedTask;
    }

    public ValueTask PhaseAsync(PhaseTiming timing)
    {
        Phases.Add(timing);
        return ValueTask.CompletedTask;
    }
}
