namespace NeetoDeploy.Builder.Lifecycle.Platform;

/// <summary>What an image is built for: <c>production</c>, <c>test</c>, <c>development</c> or a name of the platform's own.</summary>
/// <param name="Filters">Since platform API 0.15 buildpacks and processes can say that they are for some environments only.</param>
internal sealed record ExecutionEnvironment(string Name, bool Filters)
{
    private const string Any = "*";
    private static readonly Version FiltersSince = new(0, 15);

    /// <exception cref="LifecycleException">The name has a slash, which the specification keeps for later.</exception>
    public static ExecutionEnvironment From(Arguments arguments, Version platform)
    {
        var name = arguments.Get("exec-env", "CNB_EXEC_ENV", "production");
        return name.Contains('/')
            ? throw new LifecycleException(ExitCodes.InvalidArguments, $"the execution environment '{name}' must not contain a slash")
            : new(name, platform >= FiltersSince);
    }

    /// <summary>Whether something that names these environments takes part; what names none is for all.</summary>
    public bool Admits(IReadOnlyCollection<string> names) => !Filters || names.Count == 0 || names.Contains(Any) || names.Contains(Name);
}
