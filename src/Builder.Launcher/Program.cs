using NeetoDeploy.Builder.Launcher;

try
{
    return Launch.Run(CalledBy(), args, Variables());
}
catch (LaunchException refused)
{
    Console.Error.WriteLine($"ERROR: {refused.Message}");
    return refused.ExitCode;
}

// The name it was called by is the process type: /cnb/process/web is a link to the launcher. The runtime tells another name.
static string CalledBy() => File.ReadAllText("/proc/self/cmdline").Split('\0')[0];

static Dictionary<string, string> Variables()
{
    var variables = new Dictionary<string, string>(StringComparer.Ordinal);
    foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
        variables[(string)entry.Key] = (string?)entry.Value ?? "";
    return variables;
}
