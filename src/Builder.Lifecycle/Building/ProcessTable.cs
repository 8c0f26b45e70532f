namespace NeetoDeploy.Builder.Lifecycle.Building;

/// <summary>The process types that the buildpacks declare, one buildpack after the other; a later one's word counts.</summary>
internal sealed class ProcessTable
{
    private readonly SortedDictionary<string, MetadataProcess> processes = new(StringComparer.Ordinal);

    private static readonly Version CommandIsAListSince = new(0, 9);
    private static readonly Version WorkingDirectorySince = new(0, 8);
    private static readonly Version ExecutionEnvironmentsSince = new(0, 12);

    /// <summary>What an image starts when nothing else is said; empty when no buildpack says.</summary>
    public string DefaultType { get; private set; } = "";

    /// <summary>By type.</summary>
    public IEnumerable<MetadataProcess> Processes => processes.Values;

    /// <exception cref="LifecycleException">The declaration contradicts itself.</exception>
    public void Add(string buildpack, Version api, IReadOnlyList<ProcessToml> declared)
    {
        if (declared.Count(p => p.Default) > 1)
            throw new LifecycleException(ExitCodes.Build, $"buildpack {buildpack} declares more than one default process");
        foreach (var process in declared)
        {
            if (process.Type.Length == 0 || process.Command.Count == 0)
                throw new LifecycleException(ExitCodes.Build, $"buildpack {buildpack} declares a process without a type or a command");
            if (process.Default)
                DefaultType = process.Type;
            else if (process.Type == DefaultType)
                DefaultType = "";
            processes[process.Type] = new()
            {
                Type = process.Type,
                Command = process.Command,
                Args = process.Args,
                Direct = api >= CommandIsAListSince || process.Direct == true,
                WorkingDir = api >= WorkingDirectorySince ? process.WorkingDir : null,
                BuildpackId = buildpack,
                ExecEnv = api >= ExecutionEnvironmentsSince && process.ExecEnv.Count > 0 ? process.ExecEnv : ["*"],
            };
        }
    }
}
