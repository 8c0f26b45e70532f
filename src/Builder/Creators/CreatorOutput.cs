using System.Text;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Creators;

/// <summary>
/// Passes a lifecycle's output on, and takes the times of its phases from the lines that begin them (<c>===&gt; DETECTING</c>): a creator writes nothing else down
/// about them. A buildpack may say the same words; a phase has its time once, and nothing depends on it.
/// </summary>
internal sealed class CreatorOutput(Func<ReadOnlyMemory<byte>, ValueTask> next, TimeProvider time)
{
    private const string Mark = "===> ";
    private const int LongestHeader = 64;

    private static readonly Dictionary<string, BuildPhase> Headers = new()
    {
        ["ANALYZING"] = BuildPhase.Analyze,
        ["DETECTING"] = BuildPhase.Detect,
        ["RESTORING"] = BuildPhase.Restore,
        ["BUILDING"] = BuildPhase.Build,
        ["EXPORTING"] = BuildPhase.Export,
    };

    private readonly List<PhaseTiming> timings = [];
    private readonly StringBuilder line = new();
    private BuildPhase? current;
    private long since;

    /// <summary>The phases that have begun, each with its duration; call it when there is no more output.</summary>
    public IReadOnlyList<PhaseTiming> End()
    {
        Close();
        return timings;
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        foreach (var b in bytes.Span)
        {
            if (b != '\n')
                Append((char)b);
            else
                EndLine();
        }
        return next(bytes);
    }

    private void Append(char c)
    {
        if (line.Length < LongestHeader)
            line.Append(c);
    }

    private void EndLine()
    {
        var text = line.ToString();
        line.Clear();
        if (text.IndexOf(Mark, StringComparison.Ordinal) is not (>= 0 and var at))
            return;
        // A colour's end may be behind it.
        var word = new string([.. text.Skip(at + Mark.Length).TakeWhile(char.IsAsciiLetterUpper)]);
        if (!Headers.TryGetValue(word, out var phase) || phase == current || timings.Exists(timing => timing.Phase == phase))
            return;
        Close();
        (current, since) = (phase, time.GetTimestamp());
    }

    private void Close()
    {
        if (current is { } phase)
            timings.Add(new PhaseTiming(phase, time.GetElapsedTime(since)));
        current = null;
    }
}
