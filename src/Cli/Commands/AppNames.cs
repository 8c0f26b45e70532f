using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Http;
using NeetoDeploy.Cli.Sessions;

namespace NeetoDeploy.Cli.Commands;

/// <summary>The names of the apps that the user can see, for completion: quick, or none.</summary>
internal sealed class AppNames(Surroundings around)
{
    /// <summary>Somebody has pressed a key and waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public IReadOnlyList<string> Find()
    {
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            using var api = new ApiClient(new LoginFile(around.Variable).Find());
            var apps = api.ListAsync("/apps", ApiJson.Default.AppResourceArray, deadline.Token, "name ..; max=1000");
            // The library asks for completions synchronously, and there is nothing else to do meanwhile.
            return [.. apps.GetAwaiter().GetResult().Select(app => app.Name)];
        }
        catch (Exception e) when (Failure.Explain(e) is not null)
        {
            return [];
        }
    }
}
