using NeetoDeploy.Core.Accounts;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Interfaces.Access;

/// <summary>Carries the actor of a call beside its arguments.</summary>
public static class CallContext
{
    private const string ActorKey = "neeto.actor";
    private const string OriginKey = "neeto.origin";

    /// <summary>On whose behalf this call is made; null when nobody said, which the filter refuses.</summary>
    public static Actor? Actor => RequestContext.Get(ActorKey) as Actor;

    /// <summary>Makes every grain call from here on, in this asynchronous flow, a call of <paramref name="actor"/>.</summary>
    public static void Act(Actor actor) => RequestContext.Set(ActorKey, actor);

    /// <summary>From where this call is made; null when nobody said.</summary>
    public static CallOrigin? Origin => RequestContext.Get(OriginKey) as CallOrigin;

    /// <summary>Says from where every grain call from here on, in this asynchronous flow, is made. It decides nothing.</summary>
    public static void ComeFrom(CallOrigin origin) => RequestContext.Set(OriginKey, origin);
}

/// <summary>The caller may not do this, or must not learn whether the thing exists. Edges answer 404 for it.</summary>
[GenerateSerializer, Alias("neeto.AccessDeniedException")]
public sealed class AccessDeniedException(string message) : Exception(message);
