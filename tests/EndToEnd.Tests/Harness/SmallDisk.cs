using System.Globalization;

namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>A file system of one test's own that can be filled.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];

    private SmallDisk() { }

    public string Path { get; } = Directory.CreateTempSubdirectory("neeto-e2e-disk-").FullName;

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var disk = new SmallDisk();
        var size = string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m,mode=755");
        (await new Command(["mount", "-t", "tmpfs", "-o", size, "tmpfs", disk.Path], Nothing, "/").RunAsync()).Ok();
        return disk;
    }

    /// <summary>Leaves so many bytes free, or fewer.</summary>
    public void Fill(long free = 0)
    {
        var amount = new DriveInfo(Path).AvailableFreeSpace - free;
        if (amount <= 0)
            return;
        using var ballast = new FileStream(Ballast, FileMode.Append);
        var part = new byte[1 << 20];
        try
        {
            for (; amount > 0; amount -= part.Length)
            {
                ballast.Write(part.AsSpan(0, (int)Math.Min(amount, part.Length)));
                ballast.Flush();
            }
        }
        catch (IOException)
        {
            // Somebody else was as fast: it is full.
        }
    }

    /// <summary>Gives back what was filled.</summary>
    public void Free() => File.Delete(Ballast);

    /// <summary>Lazily, so that a process which still has a file open is no obstacle.</summary>
    public async ValueTask DisposeAsync()
    {
        (await new Command(["umount", "--lazy", Path], Nothing, "/").RunAsync()).Ok();
        Directory.Delete(Path);
    }
}
