using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Buildpacks;

/// <summary>
/// Which buildpacks an app wants: those that were set for it; else, as apps from before that was possible do, the config var <c>BUILDPACK_URL</c>; else the
/// lines of a file <c>.buildpacks</c>. None means that they are detected.
/// </summary>
internal static class AppChoice
{
    private const string File = ".buildpacks";
    private const int Most = 32;

    public static IReadOnlyList<BuildpackRef> Of(BuildJob job, UntrustedFolder app)
    {
        if (!job.Buildpacks.IsDefaultOrEmpty)
            return Parse(job.Buildpacks.Select(b => b.Url));
        if (job.Environment.TryGetValue("BUILDPACK_URL", out var url) && !string.IsNullOrWhiteSpace(url))
            return Parse([url]);
        return Parse((app.ReadText(File) ?? "").Split('\n'));
    }

    private static IReadOnlyList<BuildpackRef> Parse(IEnumerable<string> lines) =>
        [
            .. lines
                .Select(line => line.Trim())
                .Where(line => line.Length > 0 && line[0] != '#')
                .Take(Most)
                // What cannot be parsed is refused by its own words when it is looked for.
                .Select(line => BuildpackNames.Parse(line).Match(parsed => parsed, _ => new BuildpackRef(line))),
        ];
}
