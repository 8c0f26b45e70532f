using System.Collections.Immutable;
using System.Globalization;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Grains.Dynos;

/// <summary>What a dyno finds in its environment. The platform's own names win over config vars.</summary>
public static class DynoEnvironment
{
    private const string MetadataFeature = "runtime-dyno-metadata";

    /// <param name="app">Null when the app has gone meanwhile.</param>
    /// <param name="extra">What a one-off dyno is given beside; null for none.</param>
    public static ImmutableSortedDictionary<string, string> For(
        DynoKey key, DynoSize size, RunnableRelease runnable, AppView? app, ImmutableSortedDictionary<string, string>? extra = null)
    {
        var environment = runnable.ConfigVars.ToBuilder();
        foreach (var (name, value) in extra ?? ImmutableSortedDictionary<string, string>.Empty)
            environment[name] = value;
        environment["PORT"] = DynoIdentity.PortOf(key.ToString()).ToString(CultureInfo.InvariantCulture);
        environment["DYNO"] = key.Name.ToString();
        environment["HOME"] = "/app";
        environment["PWD"] = "/app";
        environment["MEMORY_AVAILABLE"] = (size.MemoryBytes >> 20).ToString(CultureInfo.InvariantCulture);
        if (app is not null && app.Features.Contains(MetadataFeature))
            AddMetadata(environment, key, runnable.Release, app);
        return environment.ToImmutable();
    }

    private static void AddMetadata(
        ImmutableSortedDictionary<string, string>.Builder environment, DynoKey key, ReleaseView release, AppView app)
    {
        environment["HEROKU_APP_ID"] = app.Id.ToString();
        environment["HEROKU_APP_NAME"] = app.Name.ToString();
        environment["HEROKU_DYNO_ID"] = DynoIdentity.IdOf(key.ToString()).ToString("D");
        environment["HEROKU_RELEASE_VERSION"] = release.Version.ToString();
        environment["HEROKU_RELEASE_CREATED_AT"] = release.CreatedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        environment["HEROKU_SLUG_DESCRIPTION"] = release.Description;
        environment["HEROKU_BUILD_DESCRIPTION"] = release.Description;
        if (release.Slug?.Commit is { } commit)
        {
            environment["HEROKU_SLUG_COMMIT"] = commit;
            environment["HEROKU_BUILD_COMMIT"] = commit;
        }
    }
}
