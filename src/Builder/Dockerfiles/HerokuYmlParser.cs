using NeetoDeploy.Core.Formations;

namespace NeetoDeploy.Builder.Dockerfiles;

/// <summary>
/// Reads a <c>heroku.yml</c>. What Heroku passes over in silence (a key that nobody knows, an image that nobody builds) is refused here, with its line.
/// </summary>
internal static class HerokuYmlParser
{
    /// <exception cref="FormatException">It cannot be used; the message names line and key.</exception>
    public static HerokuYml Parse(string text)
    {
        var top = YamlPlace.Parse(text).Entries("setup", "build", "release", "run");
        var build = Section(top, "build").Entries("docker", "config");
        var images = Section(build, "docker").Entries().Select(entry => ReadImage(entry.Key, entry.Value)).ToList();
        if (images.Count == 0)
            throw new FormatException("build.docker must name an image and its Dockerfile, such as 'web: Dockerfile'");
        var setup = Section(top, "setup").Entries("addons", "config");
        return new(
            images,
            Section(build, "config").Entries().ToDictionary(e => e.Key, e => e.Value.IsEmpty ? null : e.Value.Text()),
            top.TryGetValue("release", out var release) ? ReadRelease(release, images) : null,
            [.. Section(top, "run").Entries().Select(entry => ReadProcess(entry.Key, entry.Value, images))],
            Section(setup, "config").Entries().ToDictionary(e => e.Key, e => e.Value.Text()),
            [.. Section(setup, "addons").Items().Select(ReadPlan)]
        );
    }

    private static YamlPlace Section(Dictionary<string, YamlPlace> entries, string key) =>
        entries.GetValueOrDefault(key, new YamlPlace(key, 1, null));

    private static HerokuYml.Image ReadImage(string name, YamlPlace value)
    {
        CheckType(name, value);
        if (!value.IsMapping)
            return new(name, value.Text(), null);
        var parts = value.Entries("dockerfile", "target");
        var dockerfile = parts.TryGetValue("dockerfile", out var path) ? path.Text() : throw value.Wrong("must say its dockerfile");
        return new(name, dockerfile, parts.TryGetValue("target", out var target) ? target.Text() : null);
    }

    private static HerokuYml.Process ReadRelease(YamlPlace value, List<HerokuYml.Image> images)
    {
        var process = ReadProcess("release", value, images);
        return process.Command is null ? throw value.Wrong("must say its command") : process;
    }

    private static HerokuYml.Process ReadProcess(string type, YamlPlace value, List<HerokuYml.Image> images)
    {
        CheckType(type, value);
        var parts = value.IsMapping ? value.Entries("command", "image") : new() { ["command"] = value };
        var command = parts.TryGetValue("command", out var said) ? ReadCommand(said) : null;
        var image = parts.TryGetValue("image", out var named) ? named.Text() : HerokuYml.DefaultImage(type, images);
        if (image is null)
            throw value.Wrong($"must say which image it runs: 'image: {images[0].Name}'");
        return images.Exists(i => i.Name == image)
            ? new(type, command, image)
            : throw named!.Wrong($"is {Sources.SourcePath.Show(image)}, which build.docker does not build");
    }

    /// <summary>Of several lines each runs when the one before it has succeeded.</summary>
    private static string ReadCommand(YamlPlace value)
    {
        var lines = value.IsList ? value.Items().Select(item => item.Text()).ToList() : [value.Text()];
        return lines.Count == 0 ? throw value.Wrong("has no line") : string.Join(" && ", lines);
    }

    private static string ReadPlan(YamlPlace value) =>
        !value.IsMapping ? value.Text()
        : value.Entries("plan", "as").TryGetValue("plan", out var plan) ? plan.Text()
        : throw value.Wrong("must say the plan of each add-on");

    private static void CheckType(string name, YamlPlace value)
    {
        if (!ProcessType.TryParse(name, null, out _))
            throw value.Wrong("is not a process type: use letters, digits, '-' and '_'");
    }
}
