using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Layout;
using NeetoDeploy.Dashboard.Teams;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Dashboard.Apps;

/// <summary>The apps that a person may see. The first part of the list is at hand; the rest is read as it is scrolled to.</summary>
public sealed partial class AppListPage(Viewer viewer, OwnTeams ownTeams, AppNewsFeed feed, AddressBar address, TimeProvider time)
{
    private const int FirstPart = 100;
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Addresses that were chosen here. The browser has not told yet that it shows them.</summary>
    private readonly List<string> underWay = [];

    private Actor who = null!;
    private ImmutableArray<OwnTeam> teams = [];
    private AppListFilter filter = AppListFilter.All;
    private string typed = "";
    private ImmutableArray<AppId> favourites = [];
    private AppsFound? found;
    private ImmutableArray<AppView> scrolledTo = [];
    private Virtualize<AppView>? rest;
    private Virtualize<AppView>? measured;
    private string? mistake;

    [SupplyParameterFromQuery]
    private string? Text { get; set; }

    [SupplyParameterFromQuery]
    private string? State { get; set; }

    [SupplyParameterFromQuery]
    private string? Owner { get; set; }

    [SupplyParameterFromQuery]
    private string? Team { get; set; }

    [SupplyParameterFromQuery(Name = "favourites")]
    private bool OnlyFavourites { get; set; }

    private string? Count => found is { Total: > 0 } ? found.Total.ToString("N0", CultureInfo.InvariantCulture) : null;

    protected override async Task OnInitializedAsync()
    {
        who = await viewer.RequireAsync();
        teams = await ownTeams.ListAsync();
        if (RendererInfo.IsInteractive)
            _ = FollowAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        var asked = AppListFilter.Parse(Text, State, Owner, OnlyFavourites, Team);
        if (IsOutrun(asked.Address))
            return;
        // What is being typed stays as it is.
        if (asked.Text != filter.Text && asked.Text != typed.Trim().ToLowerInvariant())
            typed = asked.Text;
        filter = asked;
        await TryLoadAsync();
    }

    /// <summary>The rest lies below the window at first, where nothing would ask how long it is.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (rest is null || rest == measured)
            return;
        measured = rest;
        await rest.RefreshDataAsync();
        StateHasChanged();
    }

    /// <summary>Looks again when something has changed that the list shows.</summary>
    private async Task FollowAsync()
    {
        while (!Leaving.IsCancellationRequested)
        {
            try
            {
                using var reading = await feed.OpenAsync();
                await foreach (var batch in reading.ReadAsync(Together, Leaving))
                    await InvokeAsync(() => batch.HasGap || batch.News.Any(Concerns) ? RefreshAsync() : Task.CompletedTask);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (Outage.Is(e))
            {
                await Task.Delay(Pause, time, Leaving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private bool Concerns(AppNews news) =>
        filter.Concerns(
            news,
            who,
            found is not null && found.Rows.Concat(scrolledTo).Any(app => app.Id == news.App),
            found is null || found.Total > found.Rows.Length
        );

    private async Task RefreshAsync()
    {
        await TryLoadAsync();
        if (rest is not null)
            await rest.RefreshDataAsync();
        StateHasChanged();
    }

    private async Task TryLoadAsync()
    {
        var asked = filter;
        try
        {
            var starred = await viewer.AskAsync(grains => grains.Favourites(who.Id).ListAsync());
            var answer = await FindAsync(asked.Query(teams, starred, 0, FirstPart));
            // Another letter has been typed meanwhile.
            if (!ReferenceEquals(asked, filter))
                return;
            (favourites, found, mistake) = (starred, answer, null);
        }
        catch (Exception e) when (Outage.Is(e))
        {
            mistake = "The control plane does not answer. What you see may be old; it is tried again by itself.";
            _ = RetryAsync();
        }
        catch (OperationCanceledException)
        {
            // The page has been left.
        }
    }

    private Task<AppsFound> FindAsync(AppQuery query) => viewer.AskAsync(grains => grains.AppList().FindAsync(query));

    private async Task RetryAsync()
    {
        await Task.Delay(Pause, time, Leaving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!Leaving.IsCancellationRequested)
            await InvokeAsync(RefreshAsync);
    }

    private async ValueTask<ItemsProviderResult<AppView>> FindRestAsync(ItemsProviderRequest request)
    {
        if (request.Count == 0)
            return new ItemsProviderResult<AppView>([], Math.Max(0, (found?.Total ?? 0) - FirstPart));
        var part = await FindAsync(filter.Query(teams, favourites, FirstPart + request.StartIndex, request.Count));
        scrolledTo = part.Rows;
        return new ItemsProviderResult<AppView>(part.Rows, Math.Max(0, part.Total - FirstPart));
    }

    private Task TakeFavouritesAsync(ImmutableArray<AppId> changed)
    {
        favourites = changed;
        return RefreshAsync();
    }

    private Task SearchAsync() => ShowAsync(filter with { Text = typed.Trim().ToLowerInvariant() });

    /// <summary>Filters are in the address, so that a link shows the same. What is chosen next builds upon this choice, also before the browser has the address.</summary>
    private Task ShowAsync(AppListFilter next)
    {
        if (next.Address == filter.Address)
            return Task.CompletedTask;
        filter = next;
        underWay.Add(next.Address);
        return address.ReplaceAsync(next.Address);
    }

    /// <summary>Whether something else has been chosen here since this address was.</summary>
    private bool IsOutrun(string arrived)
    {
        underWay.RemoveRange(0, underWay.LastIndexOf(arrived) is var at and >= 0 ? at + 1 : underWay.Count);
        return underWay.Count > 0;
    }

    private Task ShowAllAsync()
    {
        typed = "";
        return ShowAsync(AppListFilter.All);
    }

    private static string Pressed(bool isPressed) => isPressed ? "true" : "false";
}
