using System.Net;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Http;
using NeetoDeploy.Cli.Output;

namespace NeetoDeploy.Cli.Commands;

/// <summary>An app that is not there, answered with the names that are.</summary>
internal static class MissingApp
{
    public static bool IsIn(ApiException e) => e.Status == HttpStatusCode.NotFound && e.Error.Resource == "app";

    public static async Task<CliException> ExplainAsync(Invocation call, AppPath app, ApiException e, CancellationToken cancel)
    {
        var nearest = Nearest.To(app.Name, await NamesAsync(call, cancel));
        return new CliException(
            ExitCode.NotFound,
            e.Message,
            nearest.Count == 0 ? "'neeto apps' lists the apps you can see." : $"Did you mean {string.Join(" or ", nearest)}?"
        );
    }

    private static async Task<IEnumerable<string>> NamesAsync(Invocation call, CancellationToken cancel)
    {
        try
        {
            return (await call.Api.ListAsync("/apps", ApiJson.Default.AppResourceArray, cancel, "name ..; max=1000")).Select(known =>
                known.Name
            );
        }
        catch (Exception e) when (e is ApiException or HttpRequestException)
        {
            // Advice is not worth a second failure.
            return [];
        }
    }
}
