using NeetoDeploy.Api.Internal;

namespace NeetoDeploy.Silo.Stacks;

/// <summary><c>GET /internal/stacks</c>: every stack's <see cref="StackProgress"/>, the default first.</summary>
internal static class StackEndpoints
{
    public static IServiceCollection AddStackPreparation(this IServiceCollection services) =>
        services.AddSingleton<StackPreparation>().AddHostedService(provider => provider.GetRequiredService<StackPreparation>());

    public static void MapStackProgress(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/internal/stacks", (StackPreparation preparation) => TypedResults.Ok(preparation.Progress))
            .AddEndpointFilter<IEndpointConventionBuilder, InternalAccess>();
}
