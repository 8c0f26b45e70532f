using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;
using NeetoDeploy.Grains.Interfaces.Audit;
using NeetoDeploy.Grains.Interfaces.Builds;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Interfaces.Installations;

/// <summary>What administrators see of the installation as a whole. There is one.</summary>
[Alias("neeto.IInstallationGrain")]
public interface IInstallationGrain : IGrainWithStringKey
{
    /// <summary>What <c>neeto doctor</c> finds on the machine of the host that answers.</summary>
    [RequiresAdmin, AlwaysInterleave, Alias("Check")]
    Task<ImmutableArray<Finding>> CheckAsync();

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
