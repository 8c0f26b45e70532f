using System.Collections.Immutable;
using System.Globalization;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Grains.Dynos;

/// <summary>What a dyno finds in its environment. The platform's own names win over config vars.</summary>
public static class DynoEnvironment
{
    private const string MetadataFeature = "runtime-dyno-metadata";

    /// <summary>Of a dyno of the formation. Only web processes are given a port: nothing would reach another one's.</summary>
    /// <param name="app">Null when the app has gone meanwhile.</param>
    public static ImmutableSortedDictionary<string, string> For(DynoKey key, DynoSize size, RunnableRelease runnable, AppView? app) =>
        Make(key, size, runnable, app, key.Name.Type == ProcessType.Web, []);

    /// <summary>Of a one-off dyno. It has a port, as on Heroku: what it runs may be the web process, for a look.</summary>
    /// <param name="app">Null when the app has gone meanwhile.</param>
    /// <param name="extra">What its caller gives it; wins over config vars.</param>
    public static ImmutableSortedDictionary<string, string> ForRun(
        DynoKey key,
        DynoSize size,
        RunnableRelease runnable,
        AppView? app,
        ImmutableSortedDictionary<string, string> extra
    ) => Make(key, size, runnable, app, hasPort: true, extra);

    private static ImmutableSortedDictionary<string, string> Make(
        DynoKey key,
        DynoSize size,
        RunnableRelease runnable,
        AppView? app,
        bool hasPort,
        IEnumerable<KeyValuePair<string, string>> extra
    )
    {
        var environment = runnable.ConfigVars.ToBuilder();
        foreach (var (name, value) in extra)
            environment[name] = value;
        if (hasPort)
            environment["PORT"] = DynoIdentity.PortOf(key.ToString()).ToString(CultureInfo.InvariantCulture);
        environment["DYNO"] = key.Name.ToString();
        // An image without a launcher says itself where its program lives.
        if (runnable.Release.Slug?.Images is null)
        {
            environment["HOME"] = "/app";
            environment["PWD"] = "/app";
        }
        environment["MEMORY_AVAILABLE"] = (size.MemoryBytes >> 20).ToString(CultureInfo.InvariantCulture);
        if (app is not null && app.Features.Contains(MetadataFeature))
            AddMetadata(environment, key, runnable.Release, app);
        return environment.ToImmutable();
    }

    private static void AddMetadata(
        ImmutableSortedDictionary<string, string>.Builder environment,
        DynoKey key,
        ReleaseView release,
        AppView app
    )
    {
        environment["HEROKU_APP_ID"] = app.Id.ToString();
        environment["HEROKU_APP_NAME"] = app.Name.ToString();
        environment["HEROKU_DYNO_ID"] = DynoIdentity.IdOf(key.ToString()).ToString("D");
        environment["HEROKU_RELEASE_VERSION"] = release.Version.ToString();
        environment["HEROKU_RELEASE_CREATED_AT"] = release.CreatedAt.UtcDateTime.ToString(
            "yyyy-MM-ddTHH:mm:ssZ",
            CultureInfo.InvariantCulture
        );
        environment["HEROKU_SLUG_DESCRIPTION"] = release.Description;
        environment["HEROKU_BUILD_DESCRIPTION"] = release.Description;
        if (release.Slug?.Commit is { } commit)
        {
            environment["HEROKU_SLUG_COMMIT"] = commit;
            environment["HEROKU_BUILD_COMMIT"] = commit;
        }
    }
}
