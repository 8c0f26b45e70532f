using Microsoft.Extensions.Logging.Console;

namespace NeetoDeploy.Dashboard.Hosting;

/// <summary>What a host says of itself: one line for each event, on standard output; whoever started the process keeps it.</summary>
public static class HostConsole
{
    public static void AddHostConsole(this ILoggingBuilder logging)
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
        logging.AddFilter("Yarp", LogLevel.Warning);
    }
}
