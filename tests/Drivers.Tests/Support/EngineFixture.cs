using Docker.DotNet.Models;
using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Docker;
using NeetoDeploy.Drivers.Docker.Engine;
using NeetoDeploy.Drivers.Docker.Networks;
using NeetoDeploy.Drivers.Tests.Support;

[assembly: AssemblyFixture(typeof(EngineFixture))]

namespace NeetoDeploy.Drivers.Tests.Support;

/// <summary>This machine's engine and a registry for one test run, as an installation of its own that leaves nothing behind.</summary>
public sealed partial class EngineFixture : IAsyncLifetime
{
    private readonly TemporaryDirectory data = new();
    private RegistryProcess? registry;
    private ServiceProvider? services;

    /// <summary>Docker's, unless <c>NEETO_TEST_SOCKET</c> names another engine's, such as Podman's.</summary>
    public static string Socket { get; } = Environment.GetEnvironmentVariable("NEETO_TEST_SOCKET") ?? "/var/run/docker.sock";

    public string InstallationId { get; } = $"test-{Guid.NewGuid():N}"[..17];

    public string Registry => registry!.Address;

    /// <summary>Podman's version; null for Docker.</summary>
    public System.Version? Podman { get; private set; }

    /// <summary>The drivers under test.</summary>
    public IServiceProvider Services => services!;

    internal DockerEngine Engine => Services.GetRequiredService<DockerEngine>();

    internal EngineNames Names => Services.GetRequiredService<EngineNames>();

    /// <summary>What conformance tests run.</summary>
    public ImageRef Image { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        registry = await RegistryProcess.StartAsync();
        services = Build(InstallationId);
        var engine = await Engine.CallAsync((client, token) => client.System.GetVersionAsync(token), TestContext.Current.CancellationToken);
        Podman = await Engine.IsPodmanAsync(TestContext.Current.CancellationToken) ? System.Version.Parse(engine.Version) : null;
        Image = await PushImageAsync("tiny");
    }

    /// <summary>The drivers of another installation, or of a second silo of this one.</summary>
    public ServiceProvider Build(string installation, Action<DockerOptions>? configure = null) =>
        new ServiceCollection()
            .AddLogging()
            .AddDockerDrivers(options =>
            {
                options.Socket = Socket;
                options.InstallationId = installation;
                options.Registry = Registry;
                options.DataDirectory = data.Path;
                options.LifecycleDirectory = data.File("lifecycle");
                configure?.Invoke(options);
            })
            .BuildServiceProvider();

    /// <summary>Makes an image of the tiny root file system and pushes it; it stays on the engine.</summary>
    public Task<ImageRef> PushImageAsync(string name, params string[] changes) => PushImageAsync(name, withBash: false, changes);

    /// <inheritdoc cref="PushImageAsync(string, string[])"/>
    public async Task<ImageRef> PushImageAsync(string name, bool withBash, params string[] changes)
    {
        var cancel = TestContext.Current.CancellationToken;
        var repository = $"{Registry}/tests/{name}";
        await using var tar = await TinyImage.TarAsync($"{InstallationId} {name}", withBash);
        await Engine.ImportAsync(tar, repository, "1", [$"LABEL {EngineNames.Installation}={InstallationId}", .. changes], cancel);
        return new ImageRef(Registry, $"tests/{name}", await Engine.PushAsync(repository, "1", cancel));
    }

    public async ValueTask DisposeAsync()
    {
        if (services is not null)
        {
            await RemoveEverythingAsync();
            await services.DisposeAsync();
        }
        if (registry is not null)
            await registry.DisposeAsync();
        data.Dispose();
    }

    private async Task RemoveEverythingAsync()
    {
        var cancel = CancellationToken.None;
        var containers = await Engine.ListContainersAsync(Names.Filter(), cancel);
        // Network sandboxes go last: Podman keeps them for as long as a container joins them.
        var kinds = containers.ToLookup(container => EngineNames.Read(container.Labels, EngineNames.Role) == EngineRoles.Network);
        foreach (var kind in kinds.OrderBy(kind => kind.Key))
            await Task.WhenAll(kind.Select(container => Engine.RemoveContainerAsync(container.ID, cancel)));
        await Services.GetRequiredService<EngineNetworks>().RemoveAsync(EngineNames.Installation, InstallationId, cancel);
        var images = await Engine.CallAsync(
            (c, token) => c.Images.ListImagesAsync(new ImagesListParameters { Filters = Names.Filter() }, token),
            cancel
        );
        // An image goes before the one it was made from.
        foreach (var image in images.OrderByDescending(image => image.Created))
            await Engine.CallAsync(
                (c, token) => c.Images.DeleteImageAsync(image.ID, new ImageDeleteParameters { Force = true }, token),
                cancel
            );
    }
}
