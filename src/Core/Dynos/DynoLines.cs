using System.Globalization;

namespace NeetoDeploy.Core.Dynos;

/// <summary>What the platform writes about dynos into an app's log, in Heroku's words.</summary>
public static class DynoLines
{
    public const string Restarting = "Restarting";
    public const string Stopping = "Stopping all processes with SIGTERM";
    public const string Killing = "Stopping process with SIGKILL";
    public const string KillingRest = "Stopping remaining processes with SIGKILL";
    public const string BootTimeout = "Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of launch";
    public const string ExitTimeout = "Error R12 (Exit timeout) -> At least one process failed to exit within 30 seconds of SIGTERM";
    public const string MemoryExceeded = "Error R14 (Memory quota exceeded)";
    public const string MemoryVastlyExceeded = "Error R15 (Memory quota vastly exceeded)";
    public const string Lost = "Error R99 (Platform error) -> The dyno has disappeared from the engine and is started again";

    public static string Starting(string command) => $"Starting process with command `{command}`";

    public static string Starting(string command, string user) => $"Starting process with command `{command}` by user {user}";

    public static string Changed(string from, string to) => $"State changed from {from} to {to}";

    public static string Exited(int status) => string.Create(CultureInfo.InvariantCulture, $"Process exited with status {status}");

    public static string CannotStart(string reason) => $"Error R99 (Platform error) -> The dyno cannot be started: {reason}";

    /// <summary>How much memory a dyno uses, of its quota.</summary>
    public static string Memory(long bytes, long quota) =>
        string.Create(CultureInfo.InvariantCulture, $"Process running mem={bytes >> 20}M({100.0 * bytes / quota:F1}%)");
}
