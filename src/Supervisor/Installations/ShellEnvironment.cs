namespace NeetoDeploy.Supervisor.Installations;

/// <summary>
/// The variables that point clients at an installation: the official heroku CLI (what each one does is in its <c>vars.js</c>), git, and our own CLI.
/// </summary>
public static class ShellEnvironment
{
    /// <summary>Names and values in the order they are printed.</summary>
    public static IReadOnlyList<(string Name, string Value)> Of(DataFolder data, Installation installation)
    {
        var token = File.ReadAllText(data.AdminToken).Trim();
        return
        [
            ("HEROKU_HOST", installation.ApiUrl),
            ("HEROKU_API_KEY", token),
            ("HEROKU_GIT_HOST", installation.TlsHost),
            ("HEROKU_DATA_HOST", "127.0.0.1"),
            ("HEROKU_LOGIN_HOST", installation.ApiUrl),
            ("HEROKU_PARTICLEBOARD_URL", installation.ApiUrl),
            ("HEROKU_BUILDPACK_REGISTRY_URL", installation.ApiUrl),
            ("HEROKU_NETRC_WRITE", "true"),
            ("DISABLE_TELEMETRY", "true"),
            ("NODE_EXTRA_CA_CERTS", data.AuthorityBundle),
            ("GIT_SSL_CAINFO", data.AuthorityBundle),
            ("NEETO_URL", installation.ApiUrl),
            ("NEETO_TOKEN", token),
            ("NEETO_APPS_DOMAIN", installation.AppsAuthority),
        ];
    }

    /// <summary><c>export</c> lines for any POSIX shell.</summary>
    public static string Exports(DataFolder data, Installation installation) =>
        string.Concat(Of(data, installation).Select(v => $"export {v.Name}={Quote(v.Value)}\n"));

    /// <summary>The command line that has a shell take these variables on.</summary>
    public static string Command(DataFolder data) =>
        Path.GetFullPath(DataFolder.Usual) == data.Root ? "eval \"$(./neeto env)\"" : $"eval \"$(./neeto env --data {Quote(data.Root)})\"";

    /// <summary>Within single quotes a shell reads everything as it stands; only the quote itself must leave them.</summary>
    private static string Quote(string value) => $"'{value.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
