using System.Globalization;

namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>Signals to processes of the installation under test.</summary>
public static class Signal
{
    public static Task KillAsync(int pid) => SendAsync("-KILL", pid);

    public static Task StopAsync(int pid) => SendAsync("-STOP", pid);

    public static Task ContinueAsync(int pid) => SendAsync("-CONT", pid);

    public static async Task SendAsync(string signal, int pid) =>
        (
            await new Command(
                ["kill", signal, pid.ToString(CultureInfo.InvariantCulture)],
                new Dictionary<string, string>(),
                "/"
            ).RunAsync()
        ).Ok();
}
