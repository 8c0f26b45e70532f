using System.Reflection;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Access;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Teams;
using NeetoDeploy.Grains.Tests.Accounts;
using NeetoDeploy.Grains.Tests.Cluster;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Tests.Access;

/// <summary>Every method of every grain, called by everybody.</summary>
public sealed class CallerFilterTests : ClusterTests
{
    private static readonly Actor Owner = People.Make("owner@example.com");
    private static readonly Actor Collaborator = People.Make("collaborator@example.com");
    private static readonly Actor Stranger = People.Make("stranger@example.com");
    private static readonly Actor Admin = People.Make("admin@example.com", isAdmin: true);

    private static readonly string[] Questions = ["Get", "List", "Find", "Read"];

    private static MethodInfo[] Methods =>
        [
            .. typeof(IAppGrain)
                .Assembly.GetTypes()
                .Where(type =>
                    type.IsInterface && type.IsAssignableTo(typeof(IAddressable)) && !type.IsAssignableTo(typeof(IGrainObserver))
                )
                .SelectMany(type => type.GetMethods()),
        ];

    [Fact]
    public void Every_method_says_who_may_call_it()
    {
        Assert.True(Methods.Length > 50, $"Only {Methods.Length} methods were found.");
        Assert.Empty(Methods.Where(method => method.GetCustomAttribute<CallerAttribute>() is null).Select(Name));
    }

    [Fact]
    public void A_question_that_is_open_to_people_says_that_it_changes_nothing_or_the_audit_log_would_have_it()
    {
        var questions = Methods
            .Where(method => Questions.Any(verb => method.Name.StartsWith(verb, StringComparison.Ordinal)))
            .Where(method => method.GetCustomAttribute<CallerAttribute>() is RequiresAccountAttribute or RequiresAdminAttribute);

        Assert.Empty(
            questions
                .Where(method => !method.IsDefined(typeof(AlwaysInterleaveAttribute)) && !method.IsDefined(typeof(ReadOnlyAttribute)))
                .Select(Name)
        );
    }

    [Fact]
    public async Task Every_method_is_open_to_exactly_those_it_names()
    {
        var everybody = new Dictionary<string, Actor?>
        {
            ["nobody"] = null,
            ["stranger"] = Stranger,
            ["collaborator"] = Collaborator,
            ["owner"] = Owner,
            ["admin"] = Admin,
            ["platform"] = Actor.Platform,
        };
        foreach (var method in Methods)
        {
            var admitted = new List<string>();
            foreach (var (name, actor) in everybody)
                if (await IsAdmittedAsync(method, actor))
                    admitted.Add(name);
            Assert.Equal($"{Name(method)}: {string.Join(" ", Expected(method))}", $"{Name(method)}: {string.Join(" ", admitted)}");
        }
    }

    [Fact]
    public async Task A_method_that_forgot_to_say_is_closed_to_all()
    {
        var forgotten = typeof(IForgetfulGrain).GetMethod(nameof(IForgetfulGrain.ForgotAsync))!;
        Assert.False(await IsAdmittedAsync(forgotten, Actor.Platform));
    }

    [Fact]
    public async Task A_stranger_is_refused_by_a_running_silo()
    {
        var (app, collaborator) = await ShareAppAsync();
        CallContext.Act(Stranger);
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.App(app).GetAsync());
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.Releases(app).GetConfigVarsAsync());
        CallContext.Act(collaborator);
        Assert.NotNull(await Grains.App(app).GetAsync());
        Assert.Empty(await Grains.Releases(app).GetConfigVarsAsync());
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.App(app).DestroyAsync());
    }

    [Fact]
    public async Task What_a_grain_asks_of_another_is_the_platforms_own()
    {
        // A stranger may create an app; that opens a ledger, which only the platform may do.
        CallContext.Act(Stranger);
        var app = new AppId(Guid.NewGuid());
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.Releases(app).OpenAsync(new AccountRef(Stranger.Id, Stranger.Email)));
        Assert.True((await Grains.App(app).CreateAsync(new CreateApp(null, null))).IsOk);
    }

    private static string[] Expected(MethodInfo method) =>
        method.GetCustomAttribute<CallerAttribute>() switch
        {
            PlatformOnlyAttribute => ["platform"],
            RequiresAdminAttribute => ["admin", "platform"],
            RequiresAccountAttribute => ["stranger", "collaborator", "owner", "admin", "platform"],
            RequiresInTeamAttribute { Action: TeamAction.ManageMembers or TeamAction.Destroy } => ["owner", "admin", "platform"],
            RequiresInTeamAttribute => ["collaborator", "owner", "admin", "platform"],
            RequiresAttribute { Action: AppAction.Administer } => ["owner", "admin", "platform"],
            RequiresAttribute => ["collaborator", "owner", "admin", "platform"],
            _ => [],
        };

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private async Task<(AppId App, Actor Collaborator)> ShareAppAsync()
    {
        var account = (await Grains.Account(Collaborator.Email).CreateAsync(isAdmin: false)).Value;
        var app = new AppId(Guid.NewGuid());
        CallContext.Act(Owner);
        Assert.True((await Grains.App(app).CreateAsync(new CreateApp(null, null))).IsOk);
        Assert.True((await Grains.App(app).AddCollaboratorAsync(Collaborator.Email)).IsOk);
        return (app, Collaborator with { Id = account.Id });
    }

    private static async Task<bool> IsAdmittedAsync(MethodInfo method, Actor? actor)
    {
        object grain =
            method.DeclaringType == typeof(ITeamGrain) ? ScriptedTeam.WithRole(TeamRoleOf(actor)) : ScriptedApp.WithRole(RoleOf(actor));
        var call = new ScriptedCall(method, new AppId(Guid.NewGuid()), grain);
        RequestContext.Clear();
        if (actor is not null)
            CallContext.Act(actor);
        try
        {
            await new CallerFilter(null!).Invoke(call);
        }
        catch (AccessDeniedException)
        {
            Assert.False(call.WasInvoked);
            return false;
        }
        finally
        {
            RequestContext.Clear();
        }
        return call.WasInvoked;
    }

    private static TeamRole TeamRoleOf(Actor? actor) =>
        actor == Owner ? TeamRole.Owner
        : actor == Collaborator ? TeamRole.Viewer
        : TeamRole.None;

    private static AppRole RoleOf(Actor? actor) =>
        actor == Owner ? AppRole.Owner
        : actor == Collaborator ? AppRole.Collaborator
        : AppRole.None;
}

public interface IForgetfulGrain : IGrainWithStringKey
{
    Task ForgotAsync();
}
