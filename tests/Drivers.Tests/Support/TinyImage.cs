using System.Formats.Tar;
using System.Text;

namespace NeetoDeploy.Drivers.Tests.Support;

/// <summary>
/// A root file system of two megabytes: Debian's static busybox, and programs with the names that conformance tests start. They stand where
/// a launcher would be in an app's image.
/// </summary>
internal static class TinyImage
{
    private static readonly string[] Applets =
    [
        "sh",
        "sleep",
        "cat",
        "kill",
        "env",
        "stty",
        "wget",
        "httpd",
        "dd",
        "printf",
        "seq",
        "ip",
        "id",
        "tr",
        "head",
        "nc",
    ];

    private static readonly Dictionary<string, string> Programs = new()
    {
        ["process/web"] = "echo listening; exec sleep 100000",
        ["process/stubborn"] = "trap '' TERM; echo ignoring; while true; do sleep 0.1; done",
        ["process/crash"] = "echo dying >&2; exit 3",
        ["process/greedy"] = "dd if=/dev/zero of=/dev/null bs=200M count=1; exit 1",
        ["process/talker"] = "for i in $(seq 1 200); do echo line $i; echo error $i >&2; done; echo -n unfinished",
        ["process/family"] =
            "(trap 'echo child terminated; exit 0' TERM; while true; do sleep 0.05; done) & trap 'wait; echo parent terminated; exit 0' TERM; echo family; wait; wait",
        ["process/server"] = "echo ok > /tmp/index.html; exec httpd -f -p $PORT -h /tmp",
        ["process/echo"] = "exec cat",
        ["lifecycle/creator"] = "exit 1",
        ["lifecycle/launcher"] = "exec sh -c \"$1\"",
    };

    /// <param name="variant">Makes images of one run differ.</param>
    /// <param name="withBash">Puts something with the name of bash into it, as every stack has.</param>
    public static async Task<Stream> TarAsync(string variant, bool withBash = false)
    {
        var stream = new MemoryStream();
        await using (var tar = new TarWriter(stream, TarEntryFormat.Gnu, leaveOpen: true))
        {
            foreach (var folder in (string[])["bin", "cnb", "cnb/process", "cnb/lifecycle", "etc", "tmp", "app", "proc", "sys", "dev"])
                await tar.WriteEntryAsync(
                    new GnuTarEntry(TarEntryType.Directory, folder + "/")
                    {
                        Mode = folder == "tmp" ? (UnixFileMode)0x3FF : (UnixFileMode)0x1ED,
                    }
                );
            await WriteFileAsync(tar, "bin/busybox", await BusyboxAsync());
            foreach (var applet in Applets)
                await tar.WriteEntryAsync(new GnuTarEntry(TarEntryType.SymbolicLink, $"bin/{applet}") { LinkName = "busybox" });
            if (withBash)
                await tar.WriteEntryAsync(new GnuTarEntry(TarEntryType.SymbolicLink, "bin/bash") { LinkName = "busybox" });
            foreach (var (path, script) in Programs)
                await WriteFileAsync(tar, $"cnb/{path}", Encoding.UTF8.GetBytes($"#!/bin/sh\n{script}\n"));
            // As long as that of a real system: more than a block of the tar.
            var others = string.Concat(Enumerable.Range(1, 60).Select(i => $"daemon{i}:x:{i}:{i}:one of many:/nonexistent:/bin/false\n"));
            var passwd = $"root:x:0:0::/:/bin/sh\n{others}heroku:x:1000:1000::/app:/bin/sh\n";
            await WriteFileAsync(tar, "etc/passwd", Encoding.UTF8.GetBytes(passwd));
            await WriteFileAsync(tar, "etc/variant", Encoding.UTF8.GetBytes(variant));
        }
        stream.Position = 0;
        return stream;
    }

    private static async Task WriteFileAsync(TarWriter tar, string path, byte[] content)
    {
        var entry = new GnuTarEntry(TarEntryType.RegularFile, path) { Mode = (UnixFileMode)0x1ED, DataStream = new MemoryStream(content) };
        await tar.WriteEntryAsync(entry);
    }

    // The package busybox-static; where it is not installed it is only unpacked.
    private static async Task<byte[]> BusyboxAsync()
    {
        if (File.Exists("/bin/busybox"))
            return await File.ReadAllBytesAsync("/bin/busybox");
        using var directory = new TemporaryDirectory();
        await Tool.RunAsync("apt-get", directory.Path, "download", "busybox-static");
        await Tool.RunAsync(
            "dpkg",
            directory.Path,
            "--extract",
            Directory.GetFiles(directory.Path, "*.deb").Single(),
            directory.File("root")
        );
        return await File.ReadAllBytesAsync(directory.File("root/bin/busybox"));
    }
}
