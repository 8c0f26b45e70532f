using NeetoDeploy.Api.Git;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Silo.Storage;

/// <summary>The repositories that this host serves.</summary>
internal sealed class RepositoryStore(GitRepositories repositories) : IRepositoryStore
{
    public Task RemoveAsync(AppId app, CancellationToken cancel) => repositories.RemoveAsync(app);
}
