using System.ComponentModel;
using System.Diagnostics;

namespace NeetoDeploy.Cli.Output;

/// <summary>The user's browser.</summary>
internal static class Browser
{
    /// <summary>Opens an address; false where there is no browser.</summary>
    public static bool TryOpen(string url)
    {
        try
        {
            using var browser = Process.Start(
                new ProcessStartInfo("xdg-open", [url]) { RedirectStandardError = true, RedirectStandardOutput = true }
            );
            return browser is not null;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
