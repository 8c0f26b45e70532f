using NeetoDeploy.Builder.Lifecycle.Building;
using NeetoDeploy.Builder.Lifecycle.Documents;
using NeetoDeploy.Core.Formations;

namespace NeetoDeploy.Builder.Lifecycle.Tools;

/// <summary><c>lifecycle procfile APP LAUNCH_TOML</c>: the heart of the Procfile buildpack, which so uses the parser that everything else uses.</summary>
internal static class ProcfileTool
{
    public static int Run(string app, string launchToml, TextWriter output, TextWriter errors)
    {
        var parsed = ProcfileParser.Parse(File.ReadAllText(Path.Combine(app, "Procfile")));
        return parsed.Match(
            procfile =>
            {
                TomlFile.Write(launchToml, Launch(procfile), LifecycleToml.Default.LaunchToml);
                output.WriteLine("-----> Discovering process types");
                output.WriteLine($"       Procfile declares types -> {string.Join(", ", procfile.Entries.Select(e => e.Type))}");
                return 0;
            },
            refused =>
            {
                errors.WriteLine($" !     {refused.Message}");
                return ExitCodes.Generic;
            }
        );
    }

    private static LaunchToml Launch(Procfile procfile) =>
        new()
        {
            Processes =
            [
                .. procfile.Entries.Select(e => new ProcessToml
                {
                    Type = e.Type.ToString(),
                    Command = [e.Command],
                    Default = e.Type == ProcessType.Web,
                }),
            ],
        };
}
