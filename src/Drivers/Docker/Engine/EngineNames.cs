using System.Globalization;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Drivers.Abstractions.Dynos;

namespace NeetoDeploy.Drivers.Docker.Engine;

/// <summary>Names and labels of what an installation makes on its engine. Whatever lacks its label is never touched.</summary>
internal sealed class EngineNames(string installation)
{
    public const string Installation = DynoLabels.Installation;
    public const string Role = "neetodeploy.role";
    public const string App = DynoLabels.App;
    public const string Dyno = DynoLabels.Dyno;
    public const string Release = "neetodeploy.release";
    public const string Generation = "neetodeploy.generation";
    public const string Build = "neetodeploy.build";
    public const string Purpose = "neetodeploy.purpose";
    public const string Building = "building";
    public const string Stack = "neetodeploy.stack";
    public const string Sandbox = "neetodeploy.sandbox";
    public const string Recipe = "neetodeploy.recipe";
    public const string NamedAfter = "neetodeploy.named-after";

    public string DynoContainer(DynoKey key) => $"neeto-{installation}-{key}";

    public string AppNetwork(AppId app) => $"neeto-{installation}-{app}";

    public string AppSandbox(AppId app, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"neeto-{installation}-{app}.net.{number}");

    public string BuildNetwork(int number) => string.Create(CultureInfo.InvariantCulture, $"neeto-{installation}-build.net.{number}");

    public string StackContainer(string stack) => $"neeto-{installation}-stack-{stack}";

    public string BuildContainer(string build) => $"neeto-{installation}-build-{build}";

    /// <summary>Where images are named that builds from Dockerfiles left for later ones.</summary>
    public string DockerfileRepository => $"localhost/neeto-{installation}/dockerfile";

    public Dictionary<string, string> Labels(string role) => new() { [Installation] = installation, [Role] = role };

    public Dictionary<string, string> Labels(AppId app) => new() { [Installation] = installation, [App] = app.ToString() };

    public Dictionary<string, string> Labels(string role, AppId app) => new(Labels(role)) { [App] = app.ToString() };

    public Dictionary<string, string> Labels(DynoKey key) =>
        new(Labels(EngineRoles.Dyno, key.App))
        {
            [Dyno] = key.Name.ToString(),
            [Release] = key.Release.ToString(),
            [Generation] = key.Generation.ToString(CultureInfo.InvariantCulture),
        };

    public bool Owns(IDictionary<string, string>? labels) => Read(labels, Installation) == installation;

    /// <summary>A label's value; null when it is missing.</summary>
    public static string? Read(IDictionary<string, string>? labels, string label) =>
        labels is not null && labels.TryGetValue(label, out var value) ? value : null;

    /// <summary>A filter for lists and events: this installation's, and what else is asked for.</summary>
    public Dictionary<string, IDictionary<string, bool>> Filter(params IEnumerable<(string Label, string Value)> more)
    {
        var labels = new Dictionary<string, bool> { [$"{Installation}={installation}"] = true };
        foreach (var (label, value) in more)
            labels[$"{label}={value}"] = true;
        return new() { ["label"] = labels };
    }

    /// <summary>Reads back which incarnation a container is; null when it is none of this installation's.</summary>
    public DynoKey? ReadKey(IDictionary<string, string>? labels)
    {
        if (
            !Owns(labels)
            || !AppId.TryParse(Read(labels, App), null, out var app)
            || !DynoName.TryParse(Read(labels, Dyno), null, out var name)
            || !ReleaseVersion.TryParse(Read(labels, Release), null, out var release)
            || !int.TryParse(Read(labels, Generation), NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
        )
            return null;
        return new DynoKey(app, name, release, generation);
    }
}
