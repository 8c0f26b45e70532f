using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;
using NeetoDeploy.Grains.Interfaces.Audit;
using NeetoDeploy.Grains.Interfaces.Builds;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Interfaces.Installations;

/// <summary>The installation as a whole. There is one.</summary>
[Alias("neeto.IInstallationGrain")]
public interface IInstallationGrain : IGrainWithStringKey
{
    /// <summary>What hosts tell people of it.</summary>
    [PlatformOnly, AlwaysInterleave, Alias("Describe")]
    Task<InstallationView> DescribeAsync();

    /// <summary>A new place for an archive that shall be built. It is kept for a day.</summary>
    [RequiresAccount, AlwaysInterleave, NotAudited, Alias("CreateSourcePlace")]
    Task<SourcePlace> CreateSourcePlaceAsync();

    /// <summary>What <c>neeto doctor</c> finds on the machine of the host that answers.</summary>
    [RequiresAdmin, AlwaysInterleave, Alias("Check")]
    Task<ImmutableArray<Finding>> CheckAsync();

    /// <summary>How what nothing needs any more was last removed.</summary>
    [RequiresAdmin, AlwaysInterleave, Alias("ListGarbageCollections")]
    Task<ImmutableArray<GarbageCollection>> ListGarbageCollectionsAsync();

    /// <summary>Removes it now, as the platform does by itself from time to time, and answers how that went.</summary>
    [RequiresAdmin, AlwaysInterleave, Alias("CollectGarbage")]
    Task<ImmutableArray<GarbageCollection>> CollectGarbageAsync();

    /// <summary>The builds of all apps that run or wait for their turn, oldest first.</summary>
    [RequiresAdmin, AlwaysInterleave, Alias("ListBuilds")]
    Task<ImmutableArray<UnfinishedBuild>> ListBuildsAsync();

    /// <summary>Everybody, by e-mail address.</summary>
    [RequiresAdmin, AlwaysInterleave, Alias("ListAccounts")]
    Task<ImmutableArray<AccountView>> ListAccountsAsync();

    /// <summary>The audit log, newest first.</summary>
    [RequiresAdmin, AlwaysInterleave, Alias("ReadAudit")]
    Task<ImmutableArray<AuditEntry>> ReadAuditAsync(AuditQuery query);
}

/// <summary>How an installation is reached, and what it has for apps. It is the same for as long as the silo runs.</summary>
/// <param name="AppsAuthority">Domain and port of apps, such as <c>localhost:8080</c>.</param>
/// <param name="GitUrl">Where repositories are, such as <c>https://localhost:5443</c>.</param>
/// <param name="Stacks">Names of the stacks that apps may have, the default one first.</param>
[GenerateSerializer, Immutable, Alias("neeto.InstallationView")]
public sealed record InstallationView(
    [property: Id(0)] string AppsAuthority,
    [property: Id(1)] string GitUrl,
    [property: Id(2)] ImmutableArray<string> Stacks
);

/// <summary>What a check of the machine has found.</summary>
/// <param name="Subject">What was looked at: <c>engine</c>, <c>disk</c>, …</param>
/// <param name="Fact">What it is like.</param>
/// <param name="Advice">What to do about it; null when there is nothing to do.</param>
/// <param name="IsHint">The advice may be worth following, and nothing is wrong without.</param>
[GenerateSerializer, Immutable, Alias("neeto.Finding")]
public sealed record Finding(
    [property: Id(0)] string Subject,
    [property: Id(1)] string Fact,
    [property: Id(2)] string? Advice,
    [property: Id(3)] bool IsHint
)
{
    public bool IsWell => Advice is null || IsHint;
}

/// <summary>A build that has not ended, with the name of its app.</summary>
[GenerateSerializer, Immutable, Alias("neeto.UnfinishedBuild")]
public sealed record UnfinishedBuild([property: Id(0)] AppName App, [property: Id(1)] BuildView Build);
