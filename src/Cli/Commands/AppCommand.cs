using System.CommandLine;
using NeetoDeploy.Cli.Http;
using NeetoDeploy.Cli.Sessions;

namespace NeetoDeploy.Cli.Commands;

/// <summary>A command about one app: <c>--app</c>, else <c>NEETO_APP</c>, else the git remote of the folder.</summary>
internal abstract class AppCommand : CliCommand
{
    private readonly Option<string?> app = new("--app", "-a")
    {
        Description = "The app. Without it: NEETO_APP, or the app of this folder's git remote.",
    };

    protected AppCommand(string name, string description)
        : base(name, description) => Options.Add(app);

    /// <summary>What the shell offers after <c>--app</c>.</summary>
    public void CompleteAppsFrom(AppNames names) => app.CompletionSources.Add(_ => names.Find());

    protected sealed override async Task<int> ExecuteAsync(Invocation call, CancellationToken cancel)
    {
        var path = await ChooseAsync(call, cancel);
        try
        {
            return await ExecuteAsync(call, path, cancel);
        }
        catch (ApiException e) when (MissingApp.IsIn(e))
        {
            throw await MissingApp.ExplainAsync(call, path, e, cancel);
        }
    }

    /// <param name="path">The app's path in the API: <c>/apps/NAME</c>.</param>
    protected abstract Task<int> ExecuteAsync(Invocation call, AppPath path, CancellationToken cancel);

    private async Task<AppPath> ChooseAsync(Invocation call, CancellationToken cancel)
    {
        if (call.Get(app) is { Length: > 0 } named)
            return new AppPath(named);
        if (call.Around.Variable("NEETO_APP") is { Length: > 0 } variable)
            return new AppPath(variable);
        var apps = await new GitCheckout(call.Around.Folder).AppsAsync(call.Around.Variable("HEROKU_GIT_HOST"), cancel);
        return apps switch
        {
            [var only] => new AppPath(only),
            [] => throw new CliException(ExitCode.Usage, "Which app?", "Name it with --app NAME, or set NEETO_APP."),
            _ => throw new CliException(
                ExitCode.Usage,
                $"This folder's git remotes lead to several apps: {string.Join(", ", apps)}.",
                "Choose one with --app NAME."
            ),
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
