using System.Text.Encodings.Web;

namespace NeetoDeploy.Api.Accounts;

/// <summary>What a person sees who is asked to let a program sign in. No scripts, nothing from elsewhere, and no frame around it.</summary>
internal static class LoginPage
{
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <param name="ticket">Who wants to sign in.</param>
    /// <param name="mistake">What was wrong with the last try; null at the first.</param>
    public static IResult Ask(LoginTicket ticket, string? mistake) =>
        new Page(
            mistake is null ? 200 : 403,
            $"""
            <h1>Sign in a program?</h1>
            <p><strong>{Safe(ticket.Description)}</strong> asks for a token of yours: it could then do all that you can.</p>
            <p>Go on only if you have just started this login yourself.</p>
            {(mistake is null ? "" : $"<p role=\"alert\">{Safe(mistake)}</p>")}
            <form method="post">
            <label>Your token <input name="token" type="password" autocomplete="current-password" required autofocus></label>
            <button>Sign in</button>
            </form>
            <p>On the installation's own machine, <code>./neeto env</code> prints the administrator's token as <code>NEETO_TOKEN</code>.</p>
            """
        );

    public static IResult Thank(string email) =>
        new Page(
            200,
            $"""
            <h1>Signed in</h1>
            <p>The program is signed in as {Safe(email)}. You can close this page.</p>
            """
        );

    private static string Safe(string text) => HtmlEncoder.Default.Encode(text);

    private sealed class Page(int status, string body) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            var response = http.Response;
            response.StatusCode = status;
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.ContentSecurityPolicy = Policy;
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers.CacheControl = "no-store";
            response.Headers["Referrer-Policy"] = "no-referrer";
            return response.WriteAsync(
                $$"""
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>NeetoDeploy</title>
                <style>
                body { font: 1.1em/1.5 system-ui, sans-serif; max-width: 32em; margin: 10vh auto; padding: 0 1em }
                input { font: inherit; display: block; width: 100%; margin: .5em 0 1em }
                button { font: inherit; padding: .4em 1.2em }
                [role=alert] { color: #b00020 }
                </style>
                <body>
                {{body}}

                """,
                http.RequestAborted
            );
        }
    }
}
