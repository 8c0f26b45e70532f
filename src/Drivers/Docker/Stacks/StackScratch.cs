namespace NeetoDeploy.Drivers.Docker.Stacks;

/// <summary>Where a root file system is unpacked: in memory when there is plenty, which halves the time, else in the data folder.</summary>
internal sealed class StackScratch : IDisposable
{
    private const long Plenty = 4L << 30;
    private const string SharedMemory = "/dev/shm";

    private StackScratch(string path) => Path = path;

    public string Path { get; }

    public static StackScratch Open(string directory, string installation)
    {
        var parent = IsUsable(SharedMemory) ? SharedMemory : directory;
        var path = System.IO.Path.Combine(parent, $"neeto-{installation}-stack");
        Remove(path);
        return new StackScratch(Directory.CreateDirectory(path).FullName);
    }

    public void Dispose() => Remove(Path);

    // Programs and devices are made there, which mount options may forbid.
    private static bool IsUsable(string memory)
    {
        var mount = File.ReadLines("/proc/mounts").Select(line => line.Split(' ')).LastOrDefault(fields => fields[1] == memory);
        var options = mount?[3].Split(',') ?? ["noexec"];
        return !options.Contains("noexec")
            && !options.Contains("nodev")
            && new DriveInfo(memory).AvailableFreeSpace > Plenty
            && FreeMemory() > Plenty;
    }

    private static long FreeMemory()
    {
        var line = File.ReadLines("/proc/meminfo").FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal));
        var kilobytes = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1);
        return long.TryParse(kilobytes, out var value) ? value << 10 : 0;
    }

    // A process that was killed may have left the kernel's file systems mounted below; deleting through them would be a disaster.
    private static void Remove(string path)
    {
        if (
            Directory.Exists(path)
            && !File.ReadLines("/proc/mounts").Any(line => line.Split(' ')[1].StartsWith(path + "/", StringComparison.Ordinal))
        )
            Directory.Delete(path, recursive: true);
    }
}
