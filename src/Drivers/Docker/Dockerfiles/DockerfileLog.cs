using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Dockerfiles;

/// <summary>
/// What the engine says while it builds: JSON objects, one a line (Engine API, "Build an image"). Text is under <c>stream</c>, the progress of a pull
/// under <c>status</c>, the image of each finished stage under <c>aux</c>, and the failure of a step under <c>error</c>.
/// </summary>
internal sealed partial class DockerfileLog(Stream stream, Func<Exception, Exception> translate) : IDisposable
{
    private readonly StreamReader reader = new(stream);
    private readonly List<string> stages = [];

    /// <summary>The images of the stages that were finished, in order; the last one is the build's.</summary>
    public IReadOnlyList<string> Stages => stages;

    /// <summary>The image of the last step that was finished, in the engine's short form; null before the first.</summary>
    public string? Last { get; private set; }

    /// <summary>Why the build failed, with the step; null when it did not.</summary>
    public string? Failure { get; private set; }

    private string? Step { get; set; }

    /// <summary>The text for people, to the end of the build.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        while (await ReadLineAsync(cancel) is { } line)
        {
            if (line.Length == 0)
                continue;
            using var report = JsonDocument.Parse(line);
            if (Text(report.RootElement, "error") is { Length: > 0 } failure)
                Fail(failure);
            else if (Text(report.RootElement, "stream") is { Length: > 0 } text)
            {
                Note(text);
                yield return Encoding.UTF8.GetBytes(text);
            }
            else if (report.RootElement.TryGetProperty("aux", out var aux) && Text(aux, "ID") is { } id)
                stages.Add(id);
        }
    }

    public void Dispose() => reader.Dispose();

    private void Note(string text)
    {
        if (StepLine().Match(text) is { Success: true } step)
            Step = step.Value.TrimEnd();
        else if (
            ImageLine().Match(text) is { Success: true } image
            && Step?.Contains(" : FROM ", StringComparison.OrdinalIgnoreCase) == false
        )
            Last = image.Groups[1].Value;
    }

    private void Fail(string failure)
    {
        if (failure.Contains("no space left on device", StringComparison.OrdinalIgnoreCase))
            throw EngineErrors.OfProgress(failure);
        Failure = Step switch
        {
            null => failure,
            _ when BaseImage().Match(Step) is { Success: true } from =>
                $"{Step} failed: the base image {from.Groups[1].Value} is not on this machine and could not be pulled: {failure}",
            _ => $"{Step} failed: {failure}",
        };
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancel)
    {
        try
        {
            return await reader.ReadLineAsync(cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            throw translate(e);
        }
    }

    private static string? Text(JsonElement report, string name) =>
        report.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"\AStep \d+/\d+ : [^\n]*")]
    private static partial Regex StepLine();

    [GeneratedRegex(@"\A ---> ([0-9a-f]{12})\n?\z")]
    private static partial Regex ImageLine();

    [GeneratedRegex(@" : FROM (?:--\S+ )*(\S+)", RegexOptions.IgnoreCase)]
    private static partial Regex BaseImage();
}
