using System.CommandLine;
using NeetoDeploy.Cli.Sessions;

namespace NeetoDeploy.Cli.Commands;

/// <summary>A command about one app: <c>--app</c>, else <c>NEETO_APP</c>, else the git remote of the folder.</summary>
internal abstract class AppCommand : CliCommand
{
    private readonly Option<string?> app = new("--app", "-a") { Description = "The app. Without it: NEETO_APP, or the app of this folder's git remote." };

    protected AppCommand(string name, string description)
        : base(name, description) => Options.Add(app);

    protected sealed override async Task<int> ExecuteAsync(Invocation call, CancellationToken cancel) =>
        await ExecuteAsync(call, await ChooseAsync(call.Get(app), cancel), cancel);

    /// <param name="path">The app's path in the API: <c>/apps/NAME</c>.</param>
    protected abstract Task<int> ExecuteAsync(Invocation call, AppPath path, CancellationToken cancel);

    private static async Task<AppPath> ChooseAsync(string? named, CancellationToken cancel)
    {
        if (named is { Length: > 0 })
            return new AppPath(named);
        if (Environment.GetEnvironmentVariable("NEETO_APP") is { Length: > 0 } variable)
            return new AppPath(variable);
        var apps = await new GitCheckout(Environment.CurrentDirectory).AppsAsync(Environment.GetEnvironmentVariable("HEROKU_GIT_HOST"), cancel);
        return apps switch
        {
            [var only] => new AppPath(only),
            [] => throw new CliException(ExitCode.Usage, "Which app?", "Name it with --app NAME, or set NEETO_APP."),
            _ => throw new CliException(ExitCode.Usage, $"This folder's git remotes lead to several apps: {string.Join(", ", apps)}.", "Choose one with --app NAME."),
        };
    }
}

/// <summary>An app as the API addresses it.</summary>
internal readonly record struct AppPath(string Name)
{
    /// <summary><c>/apps/NAME</c> and what follows.</summary>
    public string To(string rest) => $"/apps/{Uri.EscapeDataString(Name)}{rest}";

    public override string ToString() => To("");
}
