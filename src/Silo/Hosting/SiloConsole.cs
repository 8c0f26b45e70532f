using NeetoDeploy.Dashboard.Hosting;

namespace NeetoDeploy.Silo.Hosting;

/// <summary>What a silo says of itself.</summary>
internal static class SiloConsole
{
    public static void AddSiloConsole(this ILoggingBuilder logging)
    {
        logging.AddHostConsole();
        // A line for each attempt to place a grain; Orleans tells what came of it.
        logging.AddFilter("Polly", LogLevel.None);
        // It reports the machine's uptime as a stalled check at every start.
        logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
    }
}
