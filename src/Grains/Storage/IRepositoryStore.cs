using NeetoDeploy.Core.Apps;

namespace NeetoDeploy.Grains.Storage;

/// <summary>The apps' git repositories. They are made when first pushed to; grains only remove them.</summary>
public interface IRepositoryStore
{
    /// <summary>Removes an app's repository; removing what does not exist is no error.</summary>
    Task RemoveAsync(AppId app, CancellationToken cancel);
}
