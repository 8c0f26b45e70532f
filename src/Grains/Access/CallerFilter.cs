using System.Collections.Concurrent;
using System.Reflection;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Teams;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Access;

/// <summary>
/// The door of every grain. A call from another grain is the platform's own, whatever actor it carries along; every other call needs an
/// actor to whom the method is open. A method without a <see cref="CallerAttribute"/> is closed.
/// </summary>
public sealed class CallerFilter(IGrainFactory grains) : IIncomingGrainCallFilter
{
    private static readonly ConcurrentDictionary<MethodInfo, CallerAttribute?> Callers = [];

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (IsOfTheRuntime(context.InterfaceMethod))
        {
            await context.Invoke();
            return;
        }
        if (context.SourceId is { } source && !source.IsClient())
            CallContext.Act(Actor.Platform);
        else if (!await IsAllowedAsync(context))
            throw new AccessDeniedException($"{context.InterfaceName}.{context.MethodName} is not open to this caller.");
        await context.Invoke();
    }

    private static bool IsOfTheRuntime(MethodInfo method) =>
        method.DeclaringType!.Namespace is { } name && (name == "Orleans" || name.StartsWith("Orleans.", StringComparison.Ordinal));

    private async Task<bool> IsAllowedAsync(IIncomingGrainCallContext context)
    {
        if (CallContext.Actor is not { } actor)
            return false;
        var caller = Callers.GetOrAdd(context.InterfaceMethod, static method => method.GetCustomAttribute<CallerAttribute>());
        return caller switch
        {
            RequiresAccountAttribute => true,
            RequiresAdminAttribute => actor.IsAdmin,
            PlatformOnlyAttribute => actor == Actor.Platform,
            RequiresInTeamAttribute requires => AccessPolicy.Allows(actor, await TeamRoleAsync(context, actor), requires.Action),
            RequiresAttribute requires => AccessPolicy.Allows(actor, await RoleAsync(context, actor), requires.Action),
            _ => false,
        };
    }

    private static async Task<TeamRole> TeamRoleAsync(IIncomingGrainCallContext context, Actor actor) =>
        actor.IsAdmin ? TeamRole.None : await ((ITeamGrain)context.Grain).GetRoleAsync(actor.Id);

    private async Task<AppRole> RoleAsync(IIncomingGrainCallContext context, Actor actor)
    {
        if (actor.IsAdmin || GrainKeys.AppOf(context.TargetId.Key.ToString()!) is not { } id)
            return AppRole.None;
        // An app asks itself without a message.
        var app = context.Grain as IAppGrain ?? grains.App(id);
        return await app.GetRoleAsync(actor.Id);
    }
}
