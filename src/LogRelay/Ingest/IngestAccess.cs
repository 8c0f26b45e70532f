using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.LogRelay.Ingest;

/// <summary>Lets only collectors pass, which show the installation's ingest token. What they bring is the platform's own doing.</summary>
internal sealed class IngestAccess(LogRelayOptions options) : IEndpointFilter
{
    private readonly byte[] expected = Encoding.UTF8.GetBytes($"Bearer {options.IngestToken}");

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var shown = Encoding.UTF8.GetBytes(context.HttpContext.Request.Headers.Authorization.ToString());
        if (!CryptographicOperations.FixedTimeEquals(shown, expected))
            return TypedResults.Unauthorized();
        CallContext.Act(Actor.Platform);
        return await next(context);
    }
}
