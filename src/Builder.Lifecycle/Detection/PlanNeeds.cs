namespace NeetoDeploy.Builder.Lifecycle.Detection;

/// <summary>Who provides and who requires each name, in one choice of alternatives.</summary>
internal sealed class PlanNeeds
{
    private sealed class Need(string name)
    {
        public string Name => name;

        public List<PlanOption> Providers { get; } = [];

        public List<RequireToml> Requires { get; } = [];

        /// <summary>Provided, and required by nobody since.</summary>
        public List<PlanOption> Unused { get; } = [];

        /// <summary>Required before anybody provided it.</summary>
        public List<PlanOption> Unmet { get; } = [];
    }

    private readonly List<Need> needs = [];

    /// <summary>The options that cannot stay.</summary>
    public IEnumerable<PlanOption> Misfits => needs.SelectMany(n => n.Unmet.Concat(n.Unused)).Distinct();

    public static PlanNeeds Of(IEnumerable<PlanOption> options)
    {
        var result = new PlanNeeds();
        foreach (var option in options)
        {
            foreach (var provide in option.Provides)
                result.For(provide.Name).Unused.Add(option);
            foreach (var require in option.Requires)
                result.Require(option, require);
        }
        return result;
    }

    public PlanToml ToPlan() =>
        new()
        {
            Entries =
            [
                .. needs.Select(need => new PlanEntryToml
                {
                    Providers =
                    [
                        .. need
                            .Providers.Select(p => p.Member.Buildpack)
                            .Select(b => new PlanProviderToml { Id = b.Id, Version = b.Version }),
                    ],
                    Requires = [.. need.Requires],
                }),
            ],
        };

    private void Require(PlanOption option, RequireToml require)
    {
        var need = For(require.Name);
        need.Providers.AddRange(need.Unused);
        need.Unused.Clear();
        if (need.Providers.Count == 0)
            need.Unmet.Add(option);
        else
            need.Requires.Add(require);
    }

    private Need For(string name)
    {
        if (needs.Find(n => n.Name == name) is { } known)
            return known;
        var added = new Need(name);
        needs.Add(added);
        return added;
    }
}
