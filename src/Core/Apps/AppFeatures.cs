using System.Collections.Immutable;

namespace NeetoDeploy.Core.Apps;

/// <summary>A switch of an app.</summary>
/// <param name="State"><c>general</c> or <c>beta</c>.</param>
public sealed record AppFeature(string Name, string State, string Description);

/// <summary>Every switch an app has.</summary>
public static class AppFeatures
{
    /// <summary>Dynos learn their app's and release's names from HEROKU_ variables.</summary>
    public const string DynoMetadata = "runtime-dyno-metadata";

    public static readonly ImmutableArray<AppFeature> All =
    [
        new(DynoMetadata, "beta", "Give each dyno the names of its app and release in HEROKU_ variables"),
    ];

    public static AppFeature? Find(string name) => All.FirstOrDefault(feature => feature.Name == name);
}
