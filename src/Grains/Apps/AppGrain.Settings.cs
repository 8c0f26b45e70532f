using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Grains.Apps;

/// <summary>What an operator may change about an app. None of it makes a release.</summary>
public sealed partial class AppGrain
{
    public async Task<Result<AppView>> RenameAsync(AppName name)
    {
        if (!IsAlive)
            return NotFound;
        if (name == state.Value.Name)
            return View();
        var claimed = await ClaimAsync(name);
        if (!claimed.IsOk)
            return claimed.Error;
        try
        {
            return await ChangeRouteAsync(s => s with { Name = name, OldNames = s.OldNames.Remove(name).Add(s.Name) });
        }
        finally
        {
            claiming = null;
        }
    }

    public Task<Result<AppView>> SetMaintenanceAsync(bool on)
    {
        if (IsAlive && state.Value.Maintenance != on)
            appLog.Say($"Maintenance mode {(on ? "enabled" : "disabled")} by user {User.Email}");
        return ChangeRouteAsync(s => s.Maintenance == on ? s : s with { Maintenance = on });
    }

    public Task<Result<AppView>> SetStackAsync(string stack) =>
        stacks.Names.Contains(stack)
            ? ChangeAsync(s => s.Stack == stack ? s : s with { Stack = stack })
            : Task.FromResult<Result<AppView>>(UnknownStack(stack));

    public async Task<Result<AppView>> SetBuildpacksAsync(ImmutableArray<BuildpackRef> buildpacks)
    {
        var parsed = ImmutableArray.CreateBuilder<BuildpackRef>();
        foreach (var buildpack in buildpacks)
        {
            var one = BuildpackNames.Parse(buildpack.Url);
            if (!one.IsOk)
                return one.Error;
            parsed.Add(one.Value);
        }
        var next = parsed.ToImmutable();
        return await ChangeAsync(s => s.Buildpacks.SequenceEqual(next) ? s : s with { Buildpacks = next });
    }

    public Task<Result<AppView>> SetFeatureAsync(string feature, bool enabled) =>
        AppFeatures.Find(feature) is null
            ? Task.FromResult<Result<AppView>>(new Error(ErrorCodes.FeatureUnknown, $"There is no app feature '{feature}'."))
            : ChangeAsync(s => s with { Features = enabled ? s.Features.Add(feature) : s.Features.Remove(feature) });

    /// <summary>Changes what nobody else needs to act upon.</summary>
    private async Task<Result<AppView>> ChangeAsync(Func<AppState, AppState> change)
    {
        if (!IsAlive)
            return NotFound;
        await state.CommitAsync(s => change(s) is var next && ReferenceEquals(next, s) ? s : next with { UpdatedAt = Now });
        await IndexAsync();
        return View();
    }

    /// <summary>Changes what the app's route depends on; the formation will learn of it.</summary>
    private async Task<Result<AppView>> ChangeRouteAsync(Func<AppState, AppState> change)
    {
        if (!IsAlive)
            return NotFound;
        if (ReferenceEquals(change(state.Value), state.Value))
            return View();
        await IntendAsync(() => state.CommitAsync(s => change(s) with { UpdatedAt = Now, FormationNews = s.FormationNews + 1 }));
        await IndexAsync();
        return View();
    }
}
