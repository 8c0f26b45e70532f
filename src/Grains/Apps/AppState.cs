using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Interfaces.Teams;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Apps;

/// <summary>Where an app stands between its creation and its end.</summary>
public enum AppLife
{
    /// <summary>It does not exist.</summary>
    None,
    Alive,

    /// <summary>Nobody sees it any more, and what it owns is being removed.</summary>
    Ending,
    Ended,
}

public sealed record AppState : StoredState
{
    public const string StateName = "app";

    public AppLife Life { get; init; }

    public AppName Name { get; init; }

    public AccountRef? Owner { get; init; }

    /// <summary>The team that owns the app; null: <see cref="Owner"/> does.</summary>
    public TeamRef? Team { get; init; }

    /// <summary>Of the next build.</summary>
    public string Stack { get; init; } = "";

    public bool Maintenance { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public ImmutableArray<BuildpackRef> Buildpacks { get; init; } = [];

    public ImmutableSortedSet<string> Features { get; init; } = [];

    public ImmutableArray<StoredCollaborator> Collaborators { get; init; } = [];

    public ImmutableArray<StoredDomain> Domains { get; init; } = [];

    /// <summary>The running release; null before the first.</summary>
    public RunningRelease? Released { get; init; }

    /// <summary>How the dynos are, as the formation told last; null: it has not yet.</summary>
    public FormationStatus? Formation { get; init; }

    public BuildQueue Queue { get; init; } = BuildQueue.Empty;

    /// <summary>What the builds in the queue are to build.</summary>
    public ImmutableArray<QueuedBuild> Builds { get; init; } = [];

    /// <summary>Builds that a later one made pointless, still to be told.</summary>
    public ImmutableArray<BuildId> Overtaken { get; init; } = [];

    /// <summary>Builds that have ended and are remembered still, oldest first.</summary>
    public ImmutableArray<BuildId> EndedBuilds { get; init; } = [];

    /// <summary>Former names, still to be given back.</summary>
    public ImmutableArray<AppName> OldNames { get; init; } = [];

    /// <summary>Former custom hosts, still to be given back.</summary>
    public ImmutableArray<DomainName> OldDomains { get; init; } = [];

    /// <summary>Counts what the formation must learn of; it is settled when <see cref="FormationKnows"/> has caught up.</summary>
    public int FormationNews { get; init; }

    public int FormationKnows { get; init; }
}

public sealed record StoredCollaborator(Guid Id, AccountRef Account, DateTimeOffset CreatedAt);

public sealed record StoredDomain(Guid Id, DomainName Host, DateTimeOffset CreatedAt);

/// <summary>What an app shows of its running release.</summary>
public sealed record RunningRelease(DateTimeOffset At, string Stack, long SlugBytes, string? BuildpackDescription);
