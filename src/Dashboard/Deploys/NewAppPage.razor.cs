using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Teams;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Interfaces.Installations;

namespace NeetoDeploy.Dashboard.Deploys;

/// <summary>A new app, and its first deploy at once if its code is at hand. After a failure the same button goes on where it stopped.</summary>
public sealed partial class NewAppPage(Viewer viewer, OwnTeams own, InstallationView installation, NavigationManager navigation)
{
    private readonly AppId id = new(Guid.NewGuid());
    private SourcePicker? picker;
    private IReadOnlyList<BuildpackRef> buildpacks = [];
    private ImmutableArray<TeamName> teams = [];
    private string name = "";
    private string team = "";
    private string stack = installation.Stacks[0];
    private AppView? created;
    private string? mistake;
    private bool isBusy;

    protected override async Task OnInitializedAsync() => teams = await own.ListForAppsAsync();

    private async Task CreateAsync()
    {
        isBusy = true;
        mistake = (await TryAsync()).Match<string?>(
            address =>
            {
                navigation.NavigateTo(address);
                return null;
            },
            error => error.Message
        );
        isBusy = false;
    }

    /// <summary>The address of what there is to see now.</summary>
    private async Task<Result<string>> TryAsync()
    {
        // Before anything is made.
        if (await picker!.RefuseAsync() is { } refused)
            return refused;
        if ((created is null ? await MakeAsync() : null) is { } unmade)
            return unmade;
        var source = await picker.TakeAsync();
        if (!source.IsOk)
            return source.Error;
        if (source.Value is not { } code)
            return $"apps/{created!.Name}";
        var build = new StartBuild(new BuildId(Guid.CreateVersion7()), code, []);
        var started = await viewer.AskAsync(grains => grains.App(id).StartBuildAsync(build));
        return started.Map(known => $"apps/{created!.Name}/builds/{known.Id}");
    }

    private async Task<Error?> MakeAsync()
    {
        var wanted = name.Trim();
        TeamName? owner = team.Length == 0 ? null : TeamName.Parse(team);
        var command = new CreateApp(wanted.Length == 0 ? null : wanted, stack) { Team = owner };
        var made = await viewer.AskAsync(grains => grains.App(id).CreateAsync(command));
        if (!made.IsOk)
            return made.Error;
        created = made.Value;
        if (buildpacks.Count == 0 || stack == KnownStacks.Container)
            return null;
        return (await viewer.AskAsync(grains => grains.App(id).SetBuildpacksAsync([.. buildpacks]))).Error;
    }
}
