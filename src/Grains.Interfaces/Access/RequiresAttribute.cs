using NeetoDeploy.Core.Access;

namespace NeetoDeploy.Grains.Interfaces.Access;

/// <summary>
/// Who may call a grain method from outside the silo. The grain-call filter refuses a method that carries none of these, so forgetting one
/// closes the door. Calls from grain to grain are the platform's own and pass.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class CallerAttribute : Attribute;

/// <summary>The caller must be allowed this action on the app that the grain key begins with (<c>{app id}</c> or <c>{app id}/…</c>).</summary>
public sealed class RequiresAttribute(AppAction action) : CallerAttribute
{
    public AppAction Action { get; } = action;
}

/// <summary>The caller must be allowed this action on the team that the grain is.</summary>
public sealed class RequiresInTeamAttribute(TeamAction action) : CallerAttribute
{
    public TeamAction Action { get; } = action;
}

/// <summary>Any account that has authenticated. What it sees is its own.</summary>
public sealed class RequiresAccountAttribute : CallerAttribute;

/// <summary>Administrators of the installation.</summary>
public sealed class RequiresAdminAttribute : CallerAttribute;

/// <summary>Only the platform: hosts that act as <see cref="Core.Accounts.Actor.Platform"/>, and other grains.</summary>
public sealed class PlatformOnlyAttribute : CallerAttribute;

/// <summary>What the method changes is the caller's own view of things, such as a star: the audit log leaves it out.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NotAuditedAttribute : Attribute;

/// <summary>The host calls the method for somebody who has not signed in yet. The audit log has it as theirs, and tells what was refused as well.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ForSomebodyAttribute : Attribute;
