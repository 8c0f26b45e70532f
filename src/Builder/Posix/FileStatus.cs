using System.Runtime.InteropServices;

namespace NeetoDeploy.Builder.Posix;

/// <summary>What kind of thing a path names.</summary>
internal enum FileKind
{
    Regular,
    Directory,
    Link,

    /// <summary>A device, pipe or socket: nothing that belongs into an image.</summary>
    Special,
}

/// <summary>
/// What the kernel says of a path, without following a link at its end. Unlike the modification time, the time of the last change
/// (<see cref="ChangedNanoseconds"/>) cannot be set by a program, so that it proves that a file is the one that was seen before.
/// </summary>
internal readonly partial record struct FileStatus(
    FileKind Kind,
    int Mode,
    long Size,
    ulong Inode,
    long ModifiedNanoseconds,
    long ChangedNanoseconds
)
{
    public bool IsExecutable => (Mode & 0b001_001_001) != 0;

    /// <summary>Null when nothing is there.</summary>
    public static unsafe FileStatus? Of(string path)
    {
        var raw = default(Statx);
        if (CallStatx(AtCurrentDirectory, path, AtNoFollow, StatxBasic, &raw) == 0)
            return raw.ToStatus();
        var error = Marshal.GetLastPInvokeError();
        return error is NoSuchFile or NotADirectory ? null : throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    private const int AtCurrentDirectory = -100;
    private const int AtNoFollow = 0x100;
    private const uint StatxBasic = 0x7ff;
    private const int NoSuchFile = 2;
    private const int NotADirectory = 20;

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int CallStatx(int directory, string path, int flags, uint mask, Statx* status);

    /// <summary><c>struct statx</c> of linux/stat.h, the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statx
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(96)]
        public long ChangedSeconds;

        [FieldOffset(104)]
        public uint ChangedNanoseconds;

        [FieldOffset(112)]
        public long ModifiedSeconds;

        [FieldOffset(120)]
        public uint ModifiedNanoseconds;

        public readonly FileStatus ToStatus() =>
            new(
                (Mode & 0xF000) switch
                {
                    0x8000 => FileKind.Regular,
                    0x4000 => FileKind.Directory,
                    0xA000 => FileKind.Link,
                    _ => FileKind.Special,
                },
                Mode & 0xFFF,
                (long)Size,
                Inode,
                (ModifiedSeconds * 1_000_000_000) + ModifiedNanoseconds,
                (ChangedSeconds * 1_000_000_000) + ChangedNanoseconds
            );
    }
}
