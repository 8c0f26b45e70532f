using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Metrics;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Silo.Storage;

internal sealed class MetricsStore(Database database) : IMetricsStore
{
    private const string Load = "SELECT figures FROM metric WHERE app_id = @app AND width = @width AND start_at >= @from ORDER BY start_at";

    private const string Put = """
        INSERT INTO metric (app_id, width, start_at, figures) VALUES (@app, @width, @start, @figures)
        ON CONFLICT (app_id, width, start_at) DO UPDATE SET figures = excluded.figures
        """;

    private const string Trim = "DELETE FROM metric WHERE app_id = @app AND width = @width AND start_at < @before";

    public async Task<ImmutableArray<AppFigures>> LoadAsync(AppId app, TimeSpan width, DateTimeOffset from, CancellationToken cancel)
    {
        var asked = new
        {
            app = app.ToString(),
            width = Seconds(width),
            from = Keyset.Text(from),
        };
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<string>(new CommandDefinition(Load, asked, cancellationToken: cancel)),
            cancel
        );
        return [.. rows.Select(json => JsonSerializer.Deserialize<AppFigures>(json, StorageJson.Options)!)];
    }

    public Task PutAsync(AppId app, ImmutableArray<StoredFigures> figures, DateTimeOffset now, CancellationToken cancel)
    {
        var id = app.ToString();
        var rows = figures.Select(one => new
        {
            app = id,
            width = Seconds(one.Width),
            start = Keyset.Text(one.Figures.Start),
            figures = JsonSerializer.Serialize(one.Figures, StorageJson.Options),
        });
        var old = figures
            .Select(one => one.Width)
            .Distinct()
            .Select(width => new
            {
                app = id,
                width = Seconds(width),
                before = Keyset.Text(now - MetricsRanges.Kept(width)),
            });
        return database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync(Put, rows);
                await connection.ExecuteAsync(Trim, old);
            },
            cancel
        );
    }

    public Task DeleteAsync(AppId app, CancellationToken cancel) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync("DELETE FROM metric WHERE app_id = @app", new { app = app.ToString() }),
            cancel
        );

    private static int Seconds(TimeSpan width) => (int)width.TotalSeconds;
}
