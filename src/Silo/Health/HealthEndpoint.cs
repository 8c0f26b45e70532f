using NeetoDeploy.Silo.Storage;
using Orleans.Runtime;

namespace NeetoDeploy.Silo.Health;

/// <summary><c>GET /healthz</c>: 200 when grains can be called and storage answers, 503 with the reason otherwise.</summary>
internal static class HealthEndpoint
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void MapHealth(this IEndpointRouteBuilder routes) => routes.MapGet("/healthz", CheckAsync);

    private static async Task<IResult> CheckAsync(ISiloStatusOracle silo, Database database, CancellationToken cancel)
    {
        if (silo.CurrentStatus != SiloStatus.Active)
            return Unhealthy($"the silo is {silo.CurrentStatus}");
        try
        {
            await database.CheckAsync(cancel).WaitAsync(Patience, cancel);
            return TypedResults.Text("ok\n");
        }
        catch (Exception cause) when (!cancel.IsCancellationRequested)
        {
            return Unhealthy($"storage does not answer: {cause.Message}");
        }
    }

    private static IResult Unhealthy(string reason) =>
        TypedResults.Text($"{reason}\n", statusCode: StatusCodes.Status503ServiceUnavailable);
}
