using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeetoDeploy.Cli.Sessions;

/// <summary>Where the CLI signs in: <c>NEETO_URL</c> and <c>NEETO_TOKEN</c>, else what <c>neeto login</c> has stored for this user.</summary>
internal sealed class LoginFile(Func<string, string?> variable)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string path = Path.Combine(
        variable("XDG_CONFIG_HOME") is { Length: > 0 } folder
            ? folder
            : Path.Combine(variable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"),
        "neeto",
        "login.json"
    );

    /// <exception cref="CliException">Nobody has signed in.</exception>
    public Login Find()
    {
        var url = variable("NEETO_URL");
        var token = variable("NEETO_TOKEN");
        if (url is { Length: > 0 } && token is { Length: > 0 })
            return new Login(Login.ParseUrl(url), token, variable("GIT_SSL_CAINFO") is { Length: > 0 } file ? file : null);
        if (url is { Length: > 0 } || token is { Length: > 0 })
            throw new CliException(
                ExitCode.Denied,
                "NEETO_URL and NEETO_TOKEN go together, and only one of them is set.",
                "Set both, or neither to use what 'neeto login' stores."
            );
        return Read()
            ?? throw new CliException(
                ExitCode.Denied,
                "Not signed in to an installation.",
                "Start one on this machine with 'neeto up', or sign in to another with 'neeto login'."
            );
    }

    /// <summary>Stores it for this user only.</summary>
    public void Save(Login login)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, OwnerOnly | UnixFileMode.UserExecute);
        File.Delete(path);
        using var stream = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = OwnerOnly,
            }
        );
        JsonSerializer.Serialize(stream, login, LoginJson.Default.Login);
    }

    /// <summary>Whether there was anything to forget.</summary>
    public bool Forget()
    {
        if (!File.Exists(path))
            return false;
        File.Delete(path);
        return true;
    }

    private Login? Read()
    {
        if (!File.Exists(path))
            return null;
        try
        {
            var login = JsonSerializer.Deserialize(File.ReadAllText(path), LoginJson.Default.Login);
            if (login is { Url: not null, Token: not null })
                return login;
        }
        catch (JsonException)
        {
            // Said below.
        }
        throw new CliException(ExitCode.Denied, $"{path} is damaged.", "Sign in again with 'neeto login'.");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(Login))]
internal sealed partial class LoginJson : JsonSerializerContext;
