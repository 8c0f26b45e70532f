using System.CommandLine;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Apps;

/// <summary><c>destroy</c></summary>
internal sealed class DestroyCommand : AppCommand
{
    private readonly Option<string?> confirm = new("--confirm", "-c") { Description = "The app's name once more, instead of being asked." };

    public DestroyCommand()
        : base("destroy", "Destroys an app with everything it has. It cannot be undone.")
    {
        Add(confirm);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var typed = call.Get(confirm) ?? Ask(call, app);
        if (typed != app.Name)
            throw new CliException(
                ExitCode.Usage,
                $"'{typed}' is not '{app.Name}'; nothing was destroyed.",
                $"To destroy it: neeto destroy -a {app.Name} --confirm {app.Name}"
            );
        var gone = await call.Api.SendAsync(HttpMethod.Delete, app.ToString(), ApiJson.Default.AppResource, cancel);
        return call.Show(gone, ApiJson.Default.AppResource, () => call.Screen.Line($"{gone.Name} is destroyed."));
    }

    private static string? Ask(Invocation call, AppPath app)
    {
        if (!call.Around.IsInputTerminal)
            throw new CliException(
                ExitCode.Usage,
                $"This destroys {app.Name} and all it has.",
                $"To do it: neeto destroy -a {app.Name} --confirm {app.Name}"
            );
        call.Screen.Note($"This destroys {app.Name}: its releases, config vars, domains and logs. Type its name to go on:");
        return call.Around.Input().ReadLine()?.Trim();
    }
}
