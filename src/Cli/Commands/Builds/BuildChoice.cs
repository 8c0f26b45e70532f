using NeetoDeploy.Api.Contracts.Builds;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Builds;

/// <summary>The build that a command is about.</summary>
internal static class BuildChoice
{
    /// <summary>By id; the app's newest for null.</summary>
    public static async Task<BuildResource> FindAsync(Invocation call, AppPath app, string? id, CancellationToken cancel)
    {
        if (id is not null)
            return await call.Api.GetAsync(app.To($"/builds/{Uri.EscapeDataString(id)}"), ApiJson.Default.BuildResource, cancel);
        var newest = await call.Api.ListNewestAsync(app.To("/builds"), "id", 1, ApiJson.Default.BuildResourceArray, cancel);
        return newest.FirstOrDefault()
            ?? throw new CliException(ExitCode.NotFound, $"{app.Name} has no build yet.", $"Make one: neeto deploy -a {app.Name}");
    }
}
