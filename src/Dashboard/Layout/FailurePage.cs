using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using NeetoDeploy.Dashboard.Access;

namespace NeetoDeploy.Dashboard.Layout;

/// <summary>What a browser gets for a request that has failed; the log gets the reason. It needs nothing that could fail as well: no grain, no session, no file.</summary>
internal static class FailurePage
{
    private const string SecondsUntilNextTry = "5";

    private const string Style =
        "body { font: 15px/1.5 system-ui, sans-serif; max-width: 380px; margin: 12vh auto 0; padding: 24px; color-scheme: light dark } h1 { font-size: 24px }";

    /// <summary>Answers for everything behind it below <see cref="DashboardOptions.Path"/>.</summary>
    public static void UseFailurePage(this IApplicationBuilder app) =>
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments(DashboardOptions.Path),
            pages =>
                pages.UseExceptionHandler(failed =>
                {
                    failed.UseMiddleware<PageHeaders>();
                    failed.Run(WriteAsync);
                })
        );

    private static Task WriteAsync(HttpContext http)
    {
        // An outage passes, a mistake of ours does not.
        var passes = Outage.Is(http.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error);
        if (passes)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = SecondsUntilNextTry;
        }
        var (title, sentence) = passes
            ? ("Waiting for the control plane", "It does not answer, or cannot store. The page is tried again by itself.")
            : ("This page has failed", "That is no fault of yours. The log of the control plane says why.");
        var again = passes ? $"<meta http-equiv=\"refresh\" content=\"{SecondsUntilNextTry}\">" : "";
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            {again}
            <title>{title} · NeetoDeploy</title>
            <style>{Style}</style>
            </head>
            <body>
            <h1>{title}</h1>
            <p>{sentence}</p>
            <p>Apps run on. To whoever runs this installation, <code>./neeto doctor</code> says more.</p>
            <p><a href="">Try again</a></p>
            </body>
            </html>
            """
        );
    }
}
