namespace NeetoDeploy.Cli.Commands.Builds.Cache;

/// <summary><c>builds:cache:purge</c></summary>
internal sealed class PurgeCommand() : AppCommand("builds:cache:purge", "Forgets what earlier builds kept for later ones.")
{
    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        await call.Api.SendAsync(HttpMethod.Delete, app.To("/build-cache"), cancel);
        call.Screen.Note($"The build cache of {app.Name} is empty. The next build makes everything anew.");
        return ExitCode.Ok;
    }
}
