using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Api.Internal;

/// <summary>Lets only routers and the supervisor pass; they show the installation's router token. Their calls are the platform's own.</summary>
public sealed class InternalAccess(ApiOptions options) : IEndpointFilter
{
    private readonly byte[] expected = Encoding.UTF8.GetBytes($"Bearer {options.RouterToken}");

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var shown = Encoding.UTF8.GetBytes(context.HttpContext.Request.Headers.Authorization.ToString());
        if (!CryptographicOperations.FixedTimeEquals(shown, expected))
            return TypedResults.Unauthorized();
        CallContext.Act(Actor.Platform);
        return await next(context);
    }
}
