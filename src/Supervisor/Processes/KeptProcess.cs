namespace NeetoDeploy.Supervisor.Processes;

/// <summary>A process that shall run for as long as the installation does.</summary>
/// <param name="Name">Names its log and its pid file.</param>
/// <param name="Command">Program and arguments. No secret: arguments are for everybody to read.</param>
/// <param name="Environment">Beside the keeper's own.</param>
public sealed record KeptProcess(
    string Name,
    IReadOnlyList<string> Command,
    IReadOnlyDictionary<string, string> Environment,
    Standing Standing = Standing.Usual
);
