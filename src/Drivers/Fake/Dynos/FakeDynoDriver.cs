using System.Collections.Concurrent;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Dynos;

namespace NeetoDeploy.Drivers.Fake.Dynos;

/// <summary>
/// A working imitation of a container engine. Web and other process types run until SIGTERM; <c>release</c> and command lines exit 0
/// at once. Everything else is up to the test: <see cref="Run"/>, <see cref="Crash"/>, <see cref="Faults"/>.
/// </summary>
public sealed partial class FakeDynoDriver(TimeProvider time) : IDynoDriver
{
    private readonly ConcurrentDictionary<DynoHandle, FakeDyno> dynos = [];
    private readonly ConcurrentDictionary<string, FakeProgram> programs = new([
        KeyValuePair.Create("release", FakePrograms.Exit(0)),
        KeyValuePair.Create(CommandLine, FakePrograms.Exit(0)),
    ]);
    private readonly ConcurrentDictionary<ImageRef, byte> lostImages = [];
    private readonly ConcurrentDictionary<ImageRef, byte> images = [];
    private readonly Lock gate = new();
    private int lastAddress;

    private const string CommandLine = "$";

    /// <summary>Makes calls fail, hang or take long.</summary>
    public FakeFaults Faults { get; } = new(time);

    /// <summary>The address of the next dynos; by default each has its own in <c>10.210.0.0/16</c>.</summary>
    public Func<DynoKey, string>? AddressOf { get; set; }

    /// <summary>Images pulled so far, oldest first.</summary>
    public ConcurrentQueue<ImageRef> Pulled { get; } = [];

    /// <summary>Images that are there.</summary>
    public IReadOnlyCollection<ImageRef> Images => [.. images.Keys];

    /// <summary>Apps whose left-overs were removed.</summary>
    public ConcurrentQueue<AppId> RemovedApps { get; } = [];

    public async Task<IReadOnlyList<DynoObservation>> ObserveAsync(CancellationToken cancel)
    {
        var leave = await Faults.EnterAsync(nameof(ObserveAsync), cancel);
        leave();
        return [.. dynos.Values.Select(dyno => dyno.Observation)];
    }

    public async Task<IReadOnlyList<DynoObservation>> ObserveAsync(AppId app, CancellationToken cancel) =>
        [.. (await ObserveAsync(cancel)).Where(seen => seen.Key.App == app)];

    public async Task<DynoObservation> EnsureAsync(DynoSpec spec, CancellationToken cancel)
    {
        var leave = await Faults.EnterAsync(nameof(EnsureAsync), cancel);
        var (dyno, isNew) = Create(spec);
        if (isNew)
            dyno.Start(Announce);
        leave();
        return dyno.Observation;
    }

    public async Task StopAsync(DynoHandle handle, TimeSpan grace, CancellationToken cancel)
    {
        var leave = await Faults.EnterAsync(nameof(StopAsync), cancel);
        if (dynos.TryGetValue(handle, out var dyno))
        {
            dyno.Process.Terminate();
            _ = KillAfterAsync(dyno, grace);
        }
        leave();
    }

    public async Task RemoveAsync(DynoHandle handle, CancellationToken cancel)
    {
        var leave = await Faults.EnterAsync(nameof(RemoveAsync), cancel);
        if (dynos.TryRemove(handle, out var dyno))
            dyno.Process.End(137);
        leave();
    }

    public async Task RemoveAppAsync(AppId app, CancellationToken cancel)
    {
        var leave = await Faults.EnterAsync(nameof(RemoveAppAsync), cancel);
        RemovedApps.Enqueue(app);
        foreach (var image in images.Keys.Where(image => image.Repository == ImageRepositories.Of(app)))
            images.TryRemove(image, out _);
        leave();
    }

    public async Task PullAsync(ImageRef image, CancellationToken cancel)
    {
        var leave = await Faults.EnterAsync(nameof(PullAsync), cancel);
        Pull(image);
        leave();
    }

    public async Task RemoveImagesAsync(IReadOnlyCollection<ImageRef> images, CancellationToken cancel)
    {
        var leave = await Faults.EnterAsync(nameof(RemoveImagesAsync), cancel);
        foreach (var image in images.Where(image => dynos.Values.All(dyno => dyno.Spec.Image != image)))
            this.images.TryRemove(image, out _);
        leave();
    }

    private void Pull(ImageRef image)
    {
        if (lostImages.ContainsKey(image))
            throw new DriverException(DriverErrorKind.NotFound, "image.not_found", $"There is no image {image}.");
        if (!Pulled.Contains(image))
            Pulled.Enqueue(image);
        images[image] = 0;
    }

    private (FakeDyno Dyno, bool IsNew) Create(DynoSpec spec)
    {
        lock (gate)
        {
            if (Find(spec.Key) is { } existing)
                return (existing, false);
            Pull(spec.Image);
            lastAddress++;
            var address = AddressOf?.Invoke(spec.Key) ?? $"10.210.{lastAddress >> 8}.{lastAddress & 255}";
            var dyno = new FakeDyno(spec, address, ProgramOf(spec), time);
            dynos[dyno.Observation.Handle] = dyno;
            return (dyno, true);
        }
    }

    private FakeProgram ProgramOf(DynoSpec spec)
    {
        var type = spec.Key.Name.Type.ToString();
        var name = spec.Start.Match(
            process => process.Type,
            _ => CommandLine,
            _ => type == "run" && !programs.ContainsKey(type) ? CommandLine : type
        );
        return programs.GetValueOrDefault(name, FakePrograms.RunUntilTerminated);
    }

    private FakeDyno? Find(DynoKey key) => dynos.Values.FirstOrDefault(dyno => dyno.Spec.Key == key);

    private async Task KillAfterAsync(FakeDyno dyno, TimeSpan grace)
    {
        await Task.WhenAny(dyno.Exited, Task.Delay(grace, time));
        dyno.Process.End(137);
    }
}
