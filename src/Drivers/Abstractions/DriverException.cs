namespace NeetoDeploy.Drivers.Abstractions;

/// <summary>What kind of failure an outside system had.</summary>
public enum DriverErrorKind
{
    /// <summary>We asked for something impossible.</summary>
    Invalid,
    NotFound,
    Conflict,
    Denied,
    QuotaExceeded,

    /// <summary>The outside system does not answer.</summary>
    Unavailable,
    TimedOut,

    /// <summary>It answered something that we do not understand.</summary>
    Bug,
}

/// <summary>
/// The only exception that leaves a driver. The vendor's exception stays inside as the cause. Drivers never retry: the reconciler decides.
/// </summary>
public sealed class DriverException(DriverErrorKind kind, string code, string message, Exception? cause = null) : Exception(message, cause)
{
    public DriverErrorKind Kind { get; } = kind;

    /// <summary>The driver's own code in the form <c>noun.reason</c>, such as <c>image.not_found</c>.</summary>
    public string Code { get; } = code;

    /// <summary>Whether the same call may succeed later without anybody doing anything.</summary>
    public bool IsTransient => Kind is DriverErrorKind.Unavailable or DriverErrorKind.TimedOut or DriverErrorKind.QuotaExceeded;
}
