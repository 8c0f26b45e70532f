using NeetoDeploy.Supervisor.Installations;

namespace NeetoDeploy.Supervisor.Commands;

/// <summary>What somebody wants to know once it runs.</summary>
internal static class Summary
{
    public static void Print(StepDisplay progress, DataFolder data, Installation installation, string? setupLink)
    {
        var app = $"http://hello-node.{installation.AppsAuthority}/";
        progress.Say("");
        progress.Say($"  Dashboard  {installation.DashboardUrl}/dashboard");
        progress.Say($"  API        {installation.ApiUrl}");
        progress.Say($"  Apps       http://NAME.{installation.AppsAuthority}/");
        if (installation.HasSample)
            progress.Say($"  Yours      {app}");
        if (setupLink is not null)
        {
            progress.Say("");
            progress.Say("Set up your account, once, in a browser:");
            progress.Say($"  {setupLink}");
        }
        progress.Say("");
        progress.Say("Try next, in another terminal:");
        progress.Say($"  {ShellEnvironment.Command(data)}");
        progress.Say(installation.HasSample ? $"  curl {app}" : "  ./neeto create my-app");
        progress.Say(installation.HasSample ? "  ./neeto logs -a hello-node --tail" : "  ./neeto deploy -a my-app .");
        progress.Say("  heroku apps");
        progress.Say("");
    }
}
