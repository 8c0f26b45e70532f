namespace NeetoDeploy.Drivers.Registry.Images;

/// <summary>The API of registries can neither remove a repository nor list what has no tag, as our images have none: our own registry's folder is used instead.</summary>
public sealed partial class RegistryImageStore
{
    private readonly RegistryCollection collection = new(options);

    public Task<IDisposable> BeginPushAsync(CancellationToken cancel) => collection.BeginPushAsync(cancel);

    public Task<bool> CollectAsync(CancellationToken cancel) => collection.RunAsync(cancel);

    public async Task RemoveRepositoryAsync(string repository, CancellationToken cancel)
    {
        if (options.OwnStorage is null)
            return;
        // A collection reads the folders that are removed here.
        using var turn = await collection.BeginPushAsync(cancel);
        var folder = Path.Combine(options.OwnStorage, "docker", "registry", "v2", "repositories", repository);
        if (Directory.Exists(folder))
            await Task.Run(() => Directory.Delete(folder, recursive: true), cancel);
        collection.IsDue = true;
    }
}
