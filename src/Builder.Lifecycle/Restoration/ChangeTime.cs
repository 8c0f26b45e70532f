using System.Runtime.InteropServices;

namespace NeetoDeploy.Builder.Lifecycle.Restoration;

/// <summary>When the kernel last saw something change: no program can set that time, so it proves that a folder is as it was.</summary>
internal static partial class ChangeTime
{
    private const int AtCurrentDirectory = -100;
    private const int AtNoFollow = 0x100;
    private const uint StatxBasic = 0x7ff;

    /// <summary>Whether nothing in a folder, nor the folder itself, has changed at or after a moment. Links are not followed.</summary>
    public static bool IsOlder(string folder, long moment)
    {
        var left = new Stack<string>([folder]);
        while (left.TryPop(out var path))
        {
            if (Of(path, out var isFolder) >= moment)
                return false;
            foreach (var entry in isFolder ? Directory.GetFileSystemEntries(path) : [])
                left.Push(entry);
        }
        return true;
    }

    /// <summary>In nanoseconds since 1970.</summary>
    public static long Of(string path) => Of(path, out _);

    private static unsafe long Of(string path, out bool isFolder)
    {
        var status = default(Statx);
        if (CallStatx(AtCurrentDirectory, path, AtNoFollow, StatxBasic, &status) != 0)
            throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        isFolder = (status.Mode & 0xF000) == 0x4000;
        return (status.ChangedSeconds * 1_000_000_000) + status.ChangedNanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int CallStatx(int directory, string path, int flags, uint mask, Statx* status);

    /// <summary><c>struct statx</c> of linux/stat.h, the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statx
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(96)]
        public long ChangedSeconds;

        [FieldOffset(104)]
        public uint ChangedNanoseconds;
    }
}
