using System.Diagnostics;

namespace NeetoDeploy.Builder.Tests.Export;

/// <summary>GNU tar, to judge our tars by.</summary>
internal static class GnuTar
{
    /// <summary>What <c>tar --list --verbose</c> says, a line for each entry.</summary>
    public static string[] List(byte[] tar) =>
        Run(tar, "--list", "--verbose", "--verbose", "--numeric-owner", "--utc", "--full-time", "--quoting-style=literal", "--file=-")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static void Extract(byte[] tar, string folder) =>
        Run(tar, "--extract", "--file=-", "--no-same-owner", "--same-permissions", $"--directory={folder}");

    private static string Run(byte[] input, params string[] arguments)
    {
        var start = new ProcessStartInfo("tar")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.Equal("", errors.Result);
        Assert.Equal(0, process.ExitCode);
        return output.Result;
    }
}
