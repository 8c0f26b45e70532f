using NeetoDeploy.Supervisor.Installations;

namespace NeetoDeploy.Supervisor.Checks;

/// <summary>Whether the installation waits for its first administrator (<c>/internal/setup</c>).</summary>
internal sealed record SetupReport(bool IsOpen)
{
    /// <summary>The link for the first sign-in; null once it has been used.</summary>
    public static async Task<string?> FindLinkAsync(DataFolder data, Installation installation, CancellationToken cancel)
    {
        using var silo = new HttpClient { BaseAddress = new Uri(installation.ApiUrl) };
        return await silo.GetAsync<SetupReport>(data, "/internal/setup", cancel) is { IsOpen: true }
            ? $"{installation.DashboardUrl}/dashboard/setup?token={(await File.ReadAllTextAsync(data.SetupToken, cancel)).Trim()}"
            : null;
    }
}
