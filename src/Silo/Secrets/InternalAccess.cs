using System.Security.Cryptography;
using System.Text;

namespace NeetoDeploy.Silo.Secrets;

/// <summary>Lets only routers and the supervisor pass; they show the installation's router token.</summary>
internal sealed class InternalAccess(InstallationSecrets secrets) : IEndpointFilter
{
    private readonly byte[] expected = Encoding.UTF8.GetBytes($"Bearer {secrets.RouterToken}");

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var shown = Encoding.UTF8.GetBytes(context.HttpContext.Request.Headers.Authorization.ToString());
        return CryptographicOperations.FixedTimeEquals(shown, expected) ? next(context) : new(TypedResults.Unauthorized());
    }
}
