using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;

namespace NeetoDeploy.Grains.Apps;

/// <summary>The app in lists: its row, and the news for those who look at one.</summary>
public sealed partial class AppGrain
{
    private readonly SemaphoreSlim indexing = new(1);

    /// <summary>What this activation wrote last; null before the first time.</summary>
    private AppNews? indexed;

    public async Task FormationChangedAsync(FormationStatus formation)
    {
        if (!IsAlive)
            return;
        await state.CommitAsync(s => s.Formation == formation ? s : s with { Formation = formation });
        await IndexStatusAsync();
    }

    public Task<Page<BuildView>> ListBuildsAsync(PageRange range) => lists.ListBuildsAsync(id, range, CancellationToken.None);

    private Task IndexStatusAsync() => IsAlive && indexed?.Status != View().Status ? IndexAsync() : Task.CompletedTask;

    /// <summary>Writes the lists. They may lag behind, so a failure is only noted: the next change or activation writes them again.</summary>
    private async Task IndexAsync()
    {
        // One at a time: of two writes that overlap, the older could be the last.
        await indexing.WaitAsync();
        try
        {
            if (!IsAlive)
                return;
            var view = View();
            var members = await ListMembersAsync();
            await index.PutAppAsync(view, members, CancellationToken.None);
            await TellAsync(new AppNews(id, view.Name, view.Status, members, HasGone: false));
        }
        catch (Exception e)
        {
            Log.LogWarning(e, "The lists do not show the newest state of app {App}", id);
        }
        finally
        {
            indexing.Release();
        }
    }

    /// <summary>Takes the app out of the lists.</summary>
    private async Task RemoveFromListsAsync(CancellationToken cancel)
    {
        await indexing.WaitAsync(cancel);
        try
        {
            await index.RemoveAppAsync(id, cancel);
            if (indexed is { HasGone: false } last)
                await TellAsync(last with { HasGone = true });
        }
        finally
        {
            indexing.Release();
        }
    }

    /// <summary>Those who saw the app until now are told as well.</summary>
    private async Task TellAsync(AppNews news)
    {
        ImmutableArray<AccountId> before = indexed?.Members ?? [];
        indexed = news;
        await GrainFactory.AppNews().TellAsync(news with { Members = [.. news.Members.Union(before)] });
    }
}
