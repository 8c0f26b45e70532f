namespace NeetoDeploy.Builder.Dockerfiles;

/// <summary>What a <c>heroku.yml</c> says, by Heroku's reference of the file.</summary>
/// <param name="Images">What to build, by name; at least one, in the order of the file.</param>
/// <param name="Arguments">Build arguments; null stands for the app's config var of the same name.</param>
/// <param name="Release">The release phase; null without one.</param>
/// <param name="Run">Process types that have a command of their own.</param>
/// <param name="Setup">Config vars of a new app.</param>
/// <param name="Addons">Plans that a new app shall have.</param>
internal sealed record HerokuYml(
    IReadOnlyList<HerokuYml.Image> Images,
    IReadOnlyDictionary<string, string?> Arguments,
    HerokuYml.Process? Release,
    IReadOnlyList<HerokuYml.Process> Run,
    IReadOnlyDictionary<string, string> Setup,
    IReadOnlyList<string> Addons
)
{
    public const string FileName = "heroku.yml";

    public const string Web = "web";
    private const string ReleaseType = "release";

    /// <summary>An image to build.</summary>
    /// <param name="Target">The stage to stop at; null: the last.</param>
    internal sealed record Image(string Name, string Dockerfile, string? Target);

    /// <summary>A process type.</summary>
    /// <param name="Command">A line for a shell; null: what the image itself runs.</param>
    /// <param name="Of">The name of its image.</param>
    internal sealed record Process(string Type, string? Command, string Of);

    /// <summary>What an app without the file means by its one Dockerfile.</summary>
    public static HerokuYml OfDockerfile(string path) =>
        new([new Image(Web, path, null)], new Dictionary<string, string?>(), null, [], new Dictionary<string, string>(), []);

    /// <summary>Every process type of the app: those with a command, the release phase, and each image that neither names runs what it says itself.</summary>
    public IEnumerable<Process> Processes()
    {
        var declared = Release is null ? Run : [.. Run, Release];
        var named = declared.Select(process => process.Type).ToHashSet();
        return declared.Concat(
            Images
                .Where(image => !named.Contains(image.Name) && image.Name != ReleaseType)
                .Select(image => new Process(image.Name, null, image.Name))
        );
    }

    /// <summary>The image for one-off dynos: web's, or else the first.</summary>
    public string MainImage => Images.FirstOrDefault(image => image.Name == Web)?.Name ?? Images[0].Name;

    /// <summary>The image that a process type runs when it names none; null when there is none of its name.</summary>
    public static string? DefaultImage(string type, IReadOnlyList<Image> images) =>
        images.FirstOrDefault(image => image.Name == type)?.Name
        ?? (type == ReleaseType ? images.FirstOrDefault(image => image.Name == Web)?.Name ?? images[0].Name : null);
}
