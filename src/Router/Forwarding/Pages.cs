using System.Text;

namespace NeetoDeploy.Router.Forwarding;

/// <summary>What people see when no app answers: small pages that need nothing else.</summary>
internal static class Pages
{
    private static readonly byte[] Application = Page(
        "Application error",
        "An error occurred in the application and your page could not be served. If you are the application owner, check the logs: <code>neeto logs --tail</code>"
    );

    private static readonly byte[] Maintenance = Page(
        "Offline for maintenance",
        "This application is undergoing maintenance. Please check back later."
    );

    private static readonly byte[] Blank = Page(
        "Welcome to your new app",
        "Nothing has been deployed here yet. Push your code to see it: <code>git push heroku main</code>"
    );

    private static readonly byte[] Starting = Page(
        "Application is starting",
        "The application took too long to boot. Please try again in a moment."
    );

    private static readonly byte[] NoSuchApp = Page("No such app", "There is no app at this address.");

    private static readonly byte[] BadRequest = Page("Bad request", "The request cannot be routed.");

    public static Task WriteNoSuchAppAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status404NotFound, NoSuchApp);

    public static Task WriteBadRequestAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status400BadRequest, BadRequest);

    public static Task WriteAsync(HttpContext context, RouterError error) =>
        WriteAsync(
            context,
            error.Status,
            error.Code switch
            {
                "H80" => Maintenance,
                "H81" => Blank,
                "H20" => Starting,
                "H26" or "H28" => BadRequest,
                _ => Application,
            }
        );

    private static async Task WriteAsync(HttpContext context, int status, byte[] page)
    {
        var response = context.Response;
        response.Clear();
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-cache, no-store";
        response.ContentLength = page.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(page, context.RequestAborted);
    }

    private static byte[] Page(string title, string text) =>
        Encoding.UTF8.GetBytes(
            $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{title}}</title>
            <style>
            body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 16px/1.5 system-ui, sans-serif; color: #334; background: #f6f7f9 }
            main { max-width: 32rem; padding: 2rem; text-align: center }
            h1 { font-size: 1.5rem; font-weight: 600 }
            code { background: #e8eaef; border-radius: 4px; padding: .1em .4em; white-space: nowrap }
            </style>
            </head>
            <body><main><h1>{{title}}</h1><p>{{text}}</p></main></body>
            </html>

            """
        );
}
