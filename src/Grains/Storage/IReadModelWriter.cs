using System.Collections.Immutable;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;

namespace NeetoDeploy.Grains.Storage;

/// <summary>The writing side of <see cref="IReadModel"/>: called by a grain after its state is stored. Older versions of a row never replace newer ones.</summary>
public interface IReadModelWriter
{
    /// <param name="members">Owner and collaborators: who finds the app in a list.</param>
    Task PutAppAsync(AppView app, ImmutableArray<AccountId> members, CancellationToken cancel);

    Task RemoveAppAsync(AppId app, CancellationToken cancel);

    Task PutBuildAsync(BuildView build, CancellationToken cancel);

    Task RemoveBuildAsync(BuildId build, CancellationToken cancel);

    /// <summary>An uploaded slug. A build's slug is found by its build.</summary>
    Task PutSlugAsync(Guid slug, AppId app, CancellationToken cancel);
}
