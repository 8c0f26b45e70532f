using Microsoft.Extensions.Logging.Console;

namespace NeetoDeploy.Silo.Hosting;

/// <summary>One line for each event, on standard output; whoever started the process keeps it.</summary>
internal static class SiloConsole
{
    public static void AddSiloConsole(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        logging.AddFilter("Orleans", LogLevel.Warning);
        // A line for each attempt to place a grain; Orleans tells what came of it.
        logging.AddFilter("Polly", LogLevel.None);
        // It reports the machine's uptime as a stalled check at every start.
        logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
    }
}
