using NeetoDeploy.Api.Internal;

namespace NeetoDeploy.Silo.Stacks;

/// <summary><c>GET /internal/stacks</c>: a <see cref="StackReport"/>.</summary>
internal static class StackEndpoints
{
    public static IServiceCollection AddStackPreparation(this IServiceCollection services, StackFile stacks) =>
        services
            .AddSingleton(stacks)
            .AddSingleton<StackPreparation>()
            .AddHostedService(provider => provider.GetRequiredService<StackPreparation>());

    public static void MapStackProgress(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/internal/stacks", (StackPreparation preparation) => TypedResults.Ok(preparation.Report))
            .AddEndpointFilter<IEndpointConventionBuilder, InternalAccess>();
}
