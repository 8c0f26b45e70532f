using System.Text.Json;
using System.Text.Json.Serialization;
using NeetoDeploy.Supervisor.Checks;
using NeetoDeploy.Supervisor.Installations;
using Spectre.Console;

namespace NeetoDeploy.Supervisor.Commands;

/// <summary>Checks the machine and says what to do. Exit code 1 when something is wrong.</summary>
public sealed class DoctorCommand(DataFolder data, IAnsiConsole console)
{
    public async Task<int> RunAsync(bool json, CancellationToken cancel)
    {
        var findings = await new MachineChecks(data, Installation.Find(data)).RunAsync(cancel);
        if (json)
            console.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize([.. findings], FindingJson.Default.FindingArray));
        else
            Print(findings);
        return findings.All(finding => finding.IsWell) ? 0 : 1;
    }

    private void Print(IReadOnlyList<Finding> findings)
    {
        foreach (var (subject, fact, advice, isHint) in findings)
        {
            console.Markup(
                advice is null ? "[green]✔[/] "
                : isHint ? "[yellow]![/] "
                : "[red]✘[/] "
            );
            console.WriteLine($"{subject, -17} {fact}");
            if (advice is not null)
                console.MarkupLineInterpolated($"  {"", -17} [yellow]{advice}[/]");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(Finding[]))]
internal sealed partial class FindingJson : JsonSerializerContext;
