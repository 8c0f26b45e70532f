using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Reconciling;
using NeetoDeploy.Grains.Storage;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Apps;

[GrainType("app")]
public sealed partial class AppGrain : ReconcilingGrain, IAppGrain
{
    private const int NameAttempts = 5;

    private readonly Stored<AppState> state;
    private readonly IReadModel lists;
    private readonly IReadModelWriter index;
    private readonly IStacks stacks;
    private readonly AppBelongings belongings;
    private readonly AppsOptions options;
    private readonly AppId id;
    private readonly AppLog appLog;

    /// <summary>A name that is being claimed and not stored yet.</summary>
    private string? claiming;

    public AppGrain(
        [PersistentState(AppState.StateName)] IPersistentState<AppState> storage,
        IReadModel lists,
        IReadModelWriter index,
        IStacks stacks,
        AppBelongings belongings,
        IOptions<AppsOptions> options,
        ReconcileServices services
    )
        : base(services)
    {
        state = new(storage);
        this.lists = lists;
        this.index = index;
        this.stacks = stacks;
        this.belongings = belongings;
        this.options = options.Value;
        id = AppId.Parse(this.GetPrimaryKeyString());
        appLog = new(GrainFactory, id, services.Time, services.Log);
    }

    protected override WorkItem Work => new(WorkKinds.App, id.ToString());

    private bool IsAlive => state.Value.Life == AppLife.Alive;

    private static Error NotFound => new(ErrorCodes.AppNotFound, "Couldn't find that app.");

    public async Task<Result<AppView>> CreateAsync(CreateApp command)
    {
        var actor = CallContext.Actor!;
        if (IsAlive)
            return AccessPolicy.Allows(actor, await GetRoleAsync(actor.Id), AppAction.View)
                ? View()
                : throw new AccessDeniedException("The app is not open to this caller.");
        if (state.Value.Life != AppLife.None)
            return NotFound;
        if (command.Stack is { } wanted && !stacks.Names.Contains(wanted))
            return UnknownStack(wanted);
        var (team, refused) = await FindTeamAsync(command.Team);
        if (refused is not null)
            return refused;
        var claimed = await ClaimNameAsync(command.Name);
        if (!claimed.IsOk)
            return claimed.Error;
        try
        {
            // The ledger before the app: whoever sees the app finds its first releases.
            var owner = new AccountRef(actor.Id, actor.Email);
            await GrainFactory.Releases(id).OpenAsync(owner);
            if (team is not null)
                await GrainFactory.Team(team.Name).SetAppAsync(id, isOwned: true);
            // The formation is told, so that the routers know the app before its first release.
            await IntendAsync(() =>
                state.CommitAsync(s =>
                    s with
                    {
                        Life = AppLife.Alive,
                        Name = claimed.Value,
                        Owner = owner,
                        Team = team,
                        Stack = command.Stack ?? stacks.Names[0],
                        CreatedAt = Now,
                        UpdatedAt = Now,
                        FormationNews = s.FormationNews + 1,
                    }
                )
            );
        }
        finally
        {
            claiming = null;
        }
        await IndexAsync();
        return View();
    }

    public Task<AppView?> GetAsync() => Task.FromResult(IsAlive ? View() : null);

    public Task<bool> UsesNameAsync(string name) =>
        Task.FromResult(
            name == claiming
                || (IsAlive && (name == state.Value.Name.ToString() || state.Value.Domains.Any(domain => domain.Host.ToString() == name)))
        );

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (IsAlive)
            await IndexAsync();
    }

    /// <summary>Claims the name, or makes one up; it stays in <see cref="claiming"/> until it is stored.</summary>
    private async Task<Result<AppName>> ClaimNameAsync(string? wanted)
    {
        if (wanted is not null)
            return AppName.TryParse(wanted, null, out var name) ? await ClaimAsync(name) : InvalidName;
        for (var attempt = 1; ; attempt++)
        {
            var made = await ClaimAsync(MadeUpNames.From(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)))));
            if (made.IsOk || attempt == NameAttempts)
                return made;
        }
    }

    private async Task<Result<AppName>> ClaimAsync(AppName name)
    {
        claiming = name.ToString();
        if (await GrainFactory.AppName(name).ClaimAsync(id))
            return name;
        claiming = null;
        return new Error(ErrorCodes.AppNameTaken, $"Name {name} is already taken.");
    }

    private static Error InvalidName =>
        new(
            ErrorCodes.AppInvalidName,
            "Name must start with a letter, end with a letter or digit and can only contain lowercase letters, digits, and dashes, 3 to 30 characters in all."
        );

    private Error UnknownStack(string stack) =>
        new(ErrorCodes.StackUnknown, $"There is no stack '{stack}'. This installation has {string.Join(", ", stacks.Names)}.");

    private AppView View()
    {
        var s = state.Value;
        return new AppView(
            id,
            s.Name,
            s.Owner!,
            s.Released?.Stack ?? s.Stack,
            s.Stack,
            s.Maintenance,
            s.CreatedAt,
            s.UpdatedAt,
            s.Released?.At,
            s.Released?.SlugBytes,
            s.Released?.BuildpackDescription,
            s.Buildpacks,
            s.Features
        )
        {
            Team = s.Team,
            Status = AppStatuses.Of(s.Released is not null, s.Maintenance, s.Queue.Running is not null, s.Formation),
        };
    }
}
