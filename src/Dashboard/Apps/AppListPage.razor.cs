using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Live;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Dashboard.Apps;

/// <summary>The apps that a person may see, a page at a time, by name.</summary>
public sealed partial class AppListPage(Viewer viewer, IReadModel apps, TimeProvider time) : IAsyncDisposable
{
    private const int PageSize = 50;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource leaving = new();
    private List<Row>? rows;
    private string search = "";
    private bool hasMore;
    private int shown = PageSize;

    private sealed record Row(AppView App, Condition Condition);

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();
        _ = Ticks.RepeatAsync(LookAgain, time, () => InvokeAsync(RefreshAsync), leaving.Token);
    }

    private async Task RefreshAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private Task SearchAsync()
    {
        shown = PageSize;
        return LoadAsync();
    }

    private Task MoreAsync()
    {
        shown = Math.Min(1_000, shown + PageSize);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var (asked, actor) = (search.Trim().ToLowerInvariant(), await viewer.RequireAsync());
        var range =
            asked.Length == 0
                ? new PageRange("name", null, false, null, shown, false)
                : new PageRange("name", asked, false, asked + "\uffff", shown, false);
        var page = await apps.ListAppsAsync(actor.IsAdmin ? null : actor.Id, range, leaving.Token);
        var found = await Task.WhenAll(page.Rows.Select(FindRowAsync));
        // Another letter has been typed meanwhile.
        if (asked != search.Trim().ToLowerInvariant())
            return;
        rows = [.. found.OfType<Row>()];
        hasMore = page.HasMore;
    }

    /// <summary>Null: the app has been destroyed since the list was read.</summary>
    private Task<Row?> FindRowAsync(AppView app) =>
        viewer.TryAskAsync<Row>(async grains => new Row(app, Conditions.Of(app, await grains.Formation(app.Id).ListDynosAsync())));
}
