using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeetoDeploy.Cli.Sessions;

/// <summary>Which installation, and as whom: <c>NEETO_URL</c> and <c>NEETO_TOKEN</c>, else what <c>neeto login</c> has stored.</summary>
/// <param name="Url">The Platform API.</param>
/// <param name="AuthorityFile">PEM file of further certificate authorities; null: the machine's own.</param>
internal sealed record Login(string Url, string Token, string? AuthorityFile)
{
    private static string File => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"),
        "neeto",
        "login.json");

    /// <exception cref="CliException">Nobody has signed in.</exception>
    public static Login Find()
    {
        var url = Environment.GetEnvironmentVariable("NEETO_URL");
        var token = Environment.GetEnvironmentVariable("NEETO_TOKEN");
        if (url is { Length: > 0 } && token is { Length: > 0 })
            return new Login(url, token, Environment.GetEnvironmentVariable("GIT_SSL_CAINFO"));
        return Read() ?? throw new CliException(
            ExitCode.Denied, "Not signed in to an installation.", "Start one on this machine with 'neeto up', or sign in to another with 'neeto login'.");
    }

    /// <summary>Stores it for this user only.</summary>
    public void Save()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        System.IO.File.Delete(File);
        using var stream = new FileStream(File, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        JsonSerializer.Serialize(stream, this, LoginJson.Default.Login);
    }

    /// <summary>Whether there was anything to forget.</summary>
    public static bool Forget()
    {
        var exists = System.IO.File.Exists(File);
        System.IO.File.Delete(File);
        return exists;
    }

    private static Login? Read()
    {
        if (!System.IO.File.Exists(File))
            return null;
        try
        {
            return JsonSerializer.Deserialize(System.IO.File.ReadAllText(File), LoginJson.Default.Login);
        }
        catch (JsonException)
        {
            throw new CliException(ExitCode.Denied, $"{File} is damaged.", "Sign in again with 'neeto login'.");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(Login))]
internal sealed partial class LoginJson : JsonSerializerContext;
