using System.Text.Json;
using System.Text.Json.Serialization;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Doctor;

/// <summary><c>doctor</c>: checks an installation from outside. (On the installation's own machine the script's <c>doctor</c> looks at the machine.)</summary>
internal sealed class DoctorCommand : CliCommand
{
    public DoctorCommand()
        : base("doctor", "Checks the connection to the installation.") { }

    protected override async Task<int> ExecuteAsync(Invocation call, CancellationToken cancel)
    {
        List<Check> checks = [new("address", true, call.Api.Login.Url)];
        checks.Add(
            await TryAsync("token", async () => (await call.Api.GetAsync("/account", ApiJson.Default.AccountResource, cancel)).Email)
        );
        checks.Add(
            await TryAsync(
                "stacks",
                async () =>
                    string.Join(
                        ", ",
                        (await call.Api.ListAsync("/stacks", ApiJson.Default.StackResourceArray, cancel)).Select(stack => stack.Name)
                    )
            )
        );
        checks.Add(await TryAsync("git", () => GitAccess.TryAsync(call, cancel)));
        call.Show(
            [.. checks],
            CheckJson.Default.CheckArray,
            () =>
            {
                foreach (var check in checks)
                    call.Screen.Line($"{(check.IsWell ? call.Screen.Green("✔") : call.Screen.Red("✘"))} {check.Subject, -8} {check.Fact}");
            }
        );
        return checks.TrueForAll(check => check.IsWell) ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task<Check> TryAsync(string subject, Func<Task<string>> look)
    {
        try
        {
            return new Check(subject, true, await look());
        }
        catch (Exception e) when (Failure.Explain(e) is { } failure)
        {
            return new Check(subject, false, failure.Advice is { } advice ? $"{failure.Message} {advice}" : failure.Message);
        }
    }
}

internal sealed record Check(string Subject, bool IsWell, string Fact);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Check[]))]
internal sealed partial class CheckJson : JsonSerializerContext;
