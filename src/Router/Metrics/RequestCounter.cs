using System.Collections.Immutable;
using NeetoDeploy.Core.Metrics;
using NeetoDeploy.Router.Logs;

namespace NeetoDeploy.Router.Metrics;

/// <summary>Counts an app's requests of one minute.</summary>
internal sealed class RequestCounter
{
    private readonly long[] statuses = new long[5];
    private readonly long[] times = new long[TimeHistogram.LastStep - TimeHistogram.FirstStep + 1];

    public void Count(RouterLine line)
    {
        statuses[Math.Clamp(line.Status / 100, 1, 5) - 1]++;
        if (line is { Connect: { } connect, Service: { } service, Status: not StatusCodes.Status101SwitchingProtocols })
            times[TimeHistogram.StepOf(connect + service) - TimeHistogram.FirstStep]++;
    }

    public RequestFigures Figures() =>
        new(
            [.. statuses],
            new TimeHistogram(
                times
                    .Select((count, i) => KeyValuePair.Create(i + TimeHistogram.FirstStep, count))
                    .Where(step => step.Value > 0)
                    .ToImmutableSortedDictionary()
            )
        );
}
