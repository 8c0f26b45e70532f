using System.Text.Json;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Audit;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Audit;

/// <summary>
/// Writes the audit log: every change that a person makes passes here, whatever it was made with. It stands behind <see cref="Access.CallerFilter"/>, so that
/// it sees calls that were allowed, and on whose behalf. What the platform does by itself is not in it, and neither is what was refused, but for sign-ins.
/// </summary>
public sealed class AuditFilter(IAuditStore store, IGrainFactory grains, TimeProvider time, ILogger<AuditFilter> log)
    : IIncomingGrainCallFilter
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        var isForSomebody = AuditedCall.IsForSomebody(context.InterfaceMethod);
        var actor = CallContext.Actor;
        if (!isForSomebody && (actor is null || actor == Actor.Platform || !AuditedCall.IsChange(context.InterfaceMethod)))
        {
            await context.Invoke();
            return;
        }
        var origin = CallContext.Origin;
        var audited = context.Grain as IAudited;
        var before = audited?.Facts().ToList() ?? [];
        var subject = await SubjectAsync(context);
        await context.Invoke();
        if (AuditedCall.IsRefused(context.Result) && !AuditedCall.IsToldWhenRefused(context))
            return;
        var caller = isForSomebody ? await AuditedCall.FindCallerAsync(context) : new AccountRef(actor!.Id, actor.Email);
        if (caller is null)
            return;
        var entry = new AuditEntry(
            Guid.CreateVersion7(time.GetUtcNow()),
            time.GetUtcNow(),
            caller,
            origin,
            AuditedCall.ActionOf(context),
            AppOf(context),
            // A new app has a name only now.
            subject ?? await SubjectAsync(context) ?? KeyOf(context),
            AuditedCall.DetailOf(context),
            AuditFact.Compare(before, audited?.Facts() ?? [])
        );
        await AppendAsync(entry);
    }

    /// <summary>
    /// The change has been made already, and nothing can take it back: whoever made it is told so also when the audit log could not take the entry. The host's own log
    /// has the entry then.
    /// </summary>
    private async Task AppendAsync(AuditEntry entry)
    {
        try
        {
            await store.AppendAsync(entry, entry.Time - Kept, CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogError(e, "The audit log could not take {Entry}", JsonSerializer.Serialize(entry));
        }
    }

    private async Task<string?> SubjectAsync(IIncomingGrainCallContext context)
    {
        if (AppOf(context) is not { } app)
            return KeyOf(context);
        var view = await (context.Grain as IAppGrain ?? grains.App(app)).GetAsync();
        return view?.Name.ToString();
    }

    private static AppId? AppOf(IIncomingGrainCallContext context) => GrainKeys.AppOf(KeyOf(context));

    private static string KeyOf(IIncomingGrainCallContext context) => context.TargetId.Key.ToString()!;
}
