namespace NeetoDeploy.Supervisor.Installations;

/// <summary>Files that only their owner may read, from their first byte on.</summary>
public static class PrivateFile
{
    /// <summary>Writes the file whole or not at all.</summary>
    public static void Write(string file, ReadOnlySpan<byte> content)
    {
        var draft = file + ".new";
        File.Delete(draft);
        using (
            var stream = new FileStream(
                draft,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            )
        )
        {
            stream.Write(content);
        }
        File.Move(draft, file, overwrite: true);
    }
}
