using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.LogRelay.Access;

/// <summary>Lets only those pass who show a token of the installation. Their calls are the platform's own.</summary>
public abstract class BearerAccess(string token) : IEndpointFilter
{
    private readonly byte[] expected = Encoding.UTF8.GetBytes($"Bearer {token}");

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var shown = Encoding.UTF8.GetBytes(context.HttpContext.Request.Headers.Authorization.ToString());
        if (!CryptographicOperations.FixedTimeEquals(shown, expected))
            return TypedResults.Unauthorized();
        CallContext.Act(Actor.Platform);
        return await next(context);
    }
}
