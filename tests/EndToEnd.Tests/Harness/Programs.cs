namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>Sources of tiny apps.</summary>
public static class Programs
{
    public const string Package =
        """{ "name": "tiny", "version": "1.0.0", "private": true, "engines": { "node": "22.x" }, "scripts": { "start": "node server.js" } }""";

    /// <summary>Answers its argument and <c>$GREETING</c>. Run images have perl: an app of it needs no runtime of its own.</summary>
    public const string PerlServer = """
        use IO::Socket::INET;
        my $server = IO::Socket::INET->new(LocalAddr => "0.0.0.0", LocalPort => $ENV{PORT}, Listen => 5, ReuseAddr => 1) or die $!;
        $SIG{TERM} = sub { exit 0 };
        while (my $client = $server->accept) {
          while (defined(my $line = <$client>)) { last if $line =~ /^\r?\n$/ }
          my $text = "$ARGV[0] $ENV{GREETING}";
          print $client "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " . length($text) . "\r\n\r\n$text";
          close $client;
        }

        """;

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
