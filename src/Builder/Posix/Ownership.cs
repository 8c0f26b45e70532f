using System.Runtime.InteropServices;

namespace NeetoDeploy.Builder.Posix;

/// <summary>Gives files to the build user, where this process may (that is, as root).</summary>
internal static partial class Ownership
{
    /// <summary>Makes the user owner of the path itself; a link is not followed.</summary>
    public static void Give(string path, int user)
    {
        if (Environment.IsPrivilegedProcess && CallChown(path, user, user) != 0)
            throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CallChown(string path, int user, int group);
}
