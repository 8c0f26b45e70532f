namespace NeetoDeploy.Builder.Posix;

/// <summary>The permissions that files get, whatever the umask of this process is.</summary>
internal static class FileModes
{
    public const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public const UnixFileMode Executable = Readable | Execute;
}
