using NeetoDeploy.Builder.Launcher;

// The name it was called by is the process type: /cnb/process/web is a link to the launcher.
var words = Environment.GetCommandLineArgs();
try
{
    return Launch.Run(words[0], words[1..], Variables());
}
catch (LaunchException refused)
{
    Console.Error.WriteLine($"ERROR: {refused.Message}");
    return LaunchException.ExitCode;
}

static Dictionary<string, string> Variables()
{
    var variables = new Dictionary<string, string>(StringComparer.Ordinal);
    foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
        variables[(string)entry.Key] = (string?)entry.Value ?? "";
    return variables;
}
