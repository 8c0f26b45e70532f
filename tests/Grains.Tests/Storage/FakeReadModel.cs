using System.Collections.Concurrent;
using System.Collections.Immutable;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Tests.Storage;

/// <summary>The lists in memory; it orders by id or, for <c>name</c>, by name.</summary>
public sealed class FakeReadModel : IReadModel, IReadModelWriter
{
    private readonly ConcurrentDictionary<AppId, (AppView App, ImmutableArray<AccountId> Members)> apps = [];
    private readonly ConcurrentDictionary<BuildId, BuildView> builds = [];
    private readonly ConcurrentDictionary<Guid, AppId> slugs = [];

    /// <summary>What lists of apps fail with; null: they do not.</summary>
    public Exception? Failure { get; set; }

    public Task PutAppAsync(AppView app, ImmutableArray<AccountId> members, CancellationToken cancel)
    {
        apps.AddOrUpdate(app.Id, _ => (app, members), (_, old) => old.App.UpdatedAt > app.UpdatedAt ? old : (app, members));
        return Task.CompletedTask;
    }

    public Task RemoveAppAsync(AppId app, CancellationToken cancel)
    {
        apps.TryRemove(app, out _);
        return Task.CompletedTask;
    }

    public Task PutBuildAsync(BuildView build, CancellationToken cancel)
    {
        builds.AddOrUpdate(build.Id, _ => build, (_, old) => old.UpdatedAt > build.UpdatedAt ? old : build);
        return Task.CompletedTask;
    }

    public Task RemoveBuildAsync(BuildId build, CancellationToken cancel)
    {
        builds.TryRemove(build, out _);
        return Task.CompletedTask;
    }

    public Task PutSlugAsync(Guid slug, AppId app, CancellationToken cancel)
    {
        slugs.TryAdd(slug, app);
        return Task.CompletedTask;
    }

    public Task<AppId?> FindAppOfSlugAsync(Guid slug, CancellationToken cancel) =>
        Task.FromResult<AppId?>(
            slugs.TryGetValue(slug, out var app) ? app
            : builds.TryGetValue(new BuildId(slug), out var build) ? build.App
            : null
        );

    public Task<Page<AppView>> ListAppsAsync(AccountId? account, PageRange range, CancellationToken cancel) =>
        Failure is { } failure
            ? Task.FromException<Page<AppView>>(failure)
            : Task.FromResult(
                Part(
                    apps.Values.Where(row => account is null || row.Members.Contains(account.Value)).Select(row => row.App),
                    app => range.Field == "name" ? app.Name.ToString() : app.Id.ToString(),
                    range
                )
            );

    public Task<AppsFound> FindAppsAsync(Actor who, AppQuery query, CancellationToken cancel)
    {
        var found = apps
            .Values.Where(row => who.IsAdmin || row.Members.Contains(who.Id))
            .Select(row => row.App)
            .Where(app => app.Name.ToString().Contains(query.Text, StringComparison.Ordinal))
            .Where(app => query.Statuses.IsEmpty || query.Statuses.Contains(app.Status))
            .OrderBy(app => app.Name.ToString(), StringComparer.Ordinal)
            .ToList();
        return Task.FromResult(new AppsFound([.. found.Skip(query.Skip).Take(query.Max)], found.Count));
    }

    public Task<Page<BuildView>> ListBuildsAsync(AppId app, PageRange range, CancellationToken cancel) =>
        Task.FromResult(Part(builds.Values.Where(build => build.App == app), build => build.Id.ToString(), range));

    private static Page<T> Part<T>(IEnumerable<T> rows, Func<T, string> key, PageRange range)
    {
        var ordered = range.Descending ? rows.OrderByDescending(key, StringComparer.Ordinal) : rows.OrderBy(key, StringComparer.Ordinal);
        var sign = range.Descending ? -1 : 1;
        var part = ordered
            .Where(row =>
                range.From is null
                || sign * string.CompareOrdinal(key(row), range.From) is var order && (range.FromIsExclusive ? order > 0 : order >= 0)
            )
            .Where(row => range.To is null || sign * string.CompareOrdinal(key(row), range.To) <= 0)
            .Take(range.Max + 1)
            .ToImmutableArray();
        return new Page<T>([.. part.Take(range.Max)], part.Length > range.Max);
    }
}
