using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Grains.Interfaces.Audit;

/// <summary>Something that a person has changed. Secrets are never in it: of config vars there are the names.</summary>
/// <param name="Id">Grows with time.</param>
/// <param name="From">Null when the host did not say.</param>
/// <param name="Action">Such as <c>releases: update config vars</c>.</param>
/// <param name="App">The app that was changed; null for whatever belongs to no app.</param>
/// <param name="Subject">What was changed: the app's name at that time, an account's address.</param>
/// <param name="Detail">What came of it, such as <c>v7</c>; null when there is no more to say.</param>
[GenerateSerializer, Immutable, Alias("neeto.AuditEntry")]
public sealed record AuditEntry(
    [property: Id(0)] Guid Id,
    [property: Id(1)] DateTimeOffset Time,
    [property: Id(2)] AccountRef Account,
    [property: Id(3)] CallOrigin? From,
    [property: Id(4)] string Action,
    [property: Id(5)] AppId? App,
    [property: Id(6)] string Subject,
    [property: Id(7)] string? Detail,
    [property: Id(8)] ImmutableArray<AuditChange> Changes
);

/// <summary>How something was before and is after a change.</summary>
/// <param name="Before">Null: it was not there.</param>
/// <param name="After">Null: it is there no more.</param>
[GenerateSerializer, Immutable, Alias("neeto.AuditChange")]
public sealed record AuditChange([property: Id(0)] string Name, [property: Id(1)] string? Before, [property: Id(2)] string? After);

/// <summary>Which entries are wanted, newest first.</summary>
/// <param name="Subject">An app's name or an account's address, whole; null: any.</param>
/// <param name="Email">Who did it, whole; null: anybody.</param>
/// <param name="Before">Only those older than this entry; null: from the newest on.</param>
/// <param name="Max">At most this many, 1 to 200.</param>
[GenerateSerializer, Immutable, Alias("neeto.AuditQuery")]
public sealed record AuditQuery(
    [property: Id(0)] string? Subject,
    [property: Id(1)] string? Email,
    [property: Id(2)] Guid? Before,
    [property: Id(3)] int Max
);
