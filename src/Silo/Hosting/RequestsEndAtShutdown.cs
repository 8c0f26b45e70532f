namespace NeetoDeploy.Silo.Hosting;

/// <summary>
/// Ends the requests that are still open shortly after a stop was asked for. Streams that are followed for hours would otherwise use up the whole
/// time that the silo has for leaving.
/// </summary>
internal static class RequestsEndAtShutdown
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    public static void UseRequestsEndAtShutdown(this WebApplication app)
    {
        var end = new CancellationTokenSource();
        app.Lifetime.ApplicationStopping.Register(() => end.CancelAfter(Grace));
        app.Use(
            async (context, next) =>
            {
                await using var ending = end.Token.Register(context.Abort);
                await next(context);
            }
        );
    }
}
