using System.CommandLine;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Output;

namespace NeetoDeploy.Cli.Commands.Releases;

/// <summary><c>releases:info</c></summary>
internal sealed class InfoCommand : AppCommand
{
    private readonly Argument<string?> version = new("version")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "v12; without it the current one.",
    };

    public InfoCommand()
        : base("releases:info", "Shows a release.")
    {
        Add(version);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var wanted = call.Get(version)?.TrimStart('v') ?? "current";
        var release = await call.Api.GetAsync(app.To($"/releases/{Uri.EscapeDataString(wanted)}"), ApiJson.Default.ReleaseResource, cancel);
        return call.Show(
            release,
            ApiJson.Default.ReleaseResource,
            () =>
            {
                call.Screen.Line($"=== Release v{release.Version}");
                call.Screen.Line($"What:    {release.Description}");
                call.Screen.Line($"Status:  {(release.Current ? "current" : release.Status)}");
                call.Screen.Line($"Who:     {release.User.Email}");
                call.Screen.Line($"When:    {call.Screen.When(release.CreatedAt)}");
            }
        );
    }
}
