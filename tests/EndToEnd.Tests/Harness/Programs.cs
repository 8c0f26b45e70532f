namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>Sources of tiny apps.</summary>
public static class Programs
{
    public const string Package =
        """{ "name": "tiny", "version": "1.0.0", "private": true, "engines": { "node": "22.x" }, "scripts": { "start": "node server.js" } }""";

    /// <summary>Answers its version, and drains at SIGTERM as a well-behaved server does.</summary>
    public static string Server(string version) =>
        $$"""
            const http = require("http");
            const server = http.createServer((request, response) => {
              console.log(`asked for ${request.url}`);
              response.end("{{version}} " + (process.env.GREETING || ""));
            });
            server.keepAliveTimeout = 120000;
            server.listen(process.env.PORT, () => console.log("listening as {{version}}"));
            process.on("SIGTERM", () => server.close(() => process.exit(0)));

            """;

    /// <summary>A Node app of one file.</summary>
    public static void WriteTo(AppUnderTest app, string version = "one")
    {
        app.Write("package.json", Package);
        app.Write("server.js", Server(version));
    }
}
