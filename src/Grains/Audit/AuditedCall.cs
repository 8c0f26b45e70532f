using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Interfaces.Formations;
using NeetoDeploy.Grains.Interfaces.Releases;
using NeetoDeploy.Grains.Interfaces.Runs;
using NeetoDeploy.Grains.Interfaces.Teams;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Audit;

/// <summary>Which calls the audit log has, and in what words.</summary>
internal static partial class AuditedCall
{
    private static readonly ConcurrentDictionary<MethodInfo, bool> Changes = [];

    /// <summary>
    /// Whether a method changes something for the person who calls it. A method that is open to people and does not say that it only reads does.
    /// </summary>
    public static bool IsChange(MethodInfo method) =>
        Changes.GetOrAdd(
            method,
            static one =>
                !one.IsDefined(typeof(AlwaysInterleaveAttribute))
                && !one.IsDefined(typeof(ReadOnlyAttribute))
                && !one.IsDefined(typeof(NotAuditedAttribute))
                && one.GetCustomAttribute<CallerAttribute>() switch
                {
                    RequiresAttribute requires => requires.Action is not (AppAction.View or AppAction.ReadSecrets),
                    RequiresAccountAttribute or RequiresAdminAttribute or RequiresInTeamAttribute => true,
                    _ => false,
                }
        );

    /// <summary>Whether a host calls it for somebody whom it does not know before.</summary>
    public static bool IsForSomebody(MethodInfo method) => method.IsDefined(typeof(ForSomebodyAttribute));

    /// <summary>Whose a call is that a host has made for somebody, as far as there is an account.</summary>
    public static async Task<AccountRef?> FindCallerAsync(IIncomingGrainCallContext call) =>
        (call.Result as IOutcome)?.Value is TeamMemberView joined ? joined.Account
        : call.Grain is IAccountGrain own && await own.GetAsync() is { } account ? new AccountRef(account.Id, account.Email)
        : null;

    /// <summary>Such as <c>app: set maintenance</c>, from the names in the contract; with <c>refused</c> behind it where nothing came of it.</summary>
    public static string ActionOf(IIncomingGrainCallContext call) =>
        ActionOf(call.InterfaceMethod) + (IsRefused(call.Result) ? " refused" : "");

    private static string ActionOf(MethodInfo method)
    {
        var noun = Words(method.DeclaringType!.Name[1..].Replace("Grain", "", StringComparison.Ordinal));
        var verb = Words(method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name[..^5] : method.Name);
        return $"{(noun == "release ledger" ? "releases" : noun)}: {verb}";
    }

    /// <summary>What came of a call. Only what is known to hold no secret is told.</summary>
    public static string? DetailOf(IIncomingGrainCallContext call) =>
        ((call.Result as IOutcome)?.Error ?? (call.Result as IOutcome)?.Value ?? call.Result) switch
        {
            Error refused => refused.Message,
            SignInView signIn => signIn.Session?.Description ?? "the password was right, the second factor is asked for",
            TeamMemberView member => member.Account.Email,
            InvitationView invitation => invitation.Email,
            BuildView build => build.Source.Version is { } version ? $"build {build.Id} of {version}" : $"build {build.Id}",
            ReleaseView release => $"{release.Version}: {release.Description}",
            RunView run => run.Dyno.Name.ToString(),
            TokenView token => token.Description,
            DomainView domain => domain.Host,
            CollaboratorView collaborator => collaborator.Account.Email,
            // What was restarted or stopped.
            Done when call.TargetIs<IFormationGrain>() && call.Request.GetArgumentCount() == 1 => call.Request.GetArgument(0) as string,
            _ => null,
        };

    /// <summary>Whether the grain refused, so that nothing has changed.</summary>
    public static bool IsRefused(object? result) => result is IOutcome { Error: not null };

    /// <summary>Whether it is told that a call was refused. What came too soon after others was not even looked at: whoever guesses does not fill the log.</summary>
    public static bool IsToldWhenRefused(IIncomingGrainCallContext call) =>
        IsForSomebody(call.InterfaceMethod) && (call.Result as IOutcome)?.Error?.Code is not ErrorCodes.AccountTooManyAttempts;

    private static bool TargetIs<T>(this IIncomingGrainCallContext call) => call.InterfaceMethod.DeclaringType == typeof(T);

    private static string Words(string name) => Capital().Replace(name, " $1").Trim().ToLowerInvariant();

    [GeneratedRegex("([A-Z])")]
    private static partial Regex Capital();
}
