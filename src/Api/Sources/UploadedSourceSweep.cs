using NeetoDeploy.Api.Streams;

namespace NeetoDeploy.Api.Sources;

/// <summary>Removes archives a day after they came: their builds have ended long before.</summary>
internal sealed class UploadedSourceSweep(ApiOptions options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan Age = TimeSpan.FromHours(24);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var folder = Path.Combine(options.DataDirectory, StreamUrls.SourceFolder);
        Directory.CreateDirectory(folder);
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            foreach (var file in Directory.EnumerateFiles(folder).Where(file => time.GetUtcNow() - File.GetLastWriteTimeUtc(file) > Age))
                File.Delete(file);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
