using System.Globalization;
using Npgsql;

namespace NeetoDeploy.Silo.Storage;

/// <summary>Reads the form of address that PostgreSQL's own tools and Heroku use.</summary>
internal static class PostgresUrl
{
    public static bool IsValid(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.Scheme is "postgres" or "postgresql"
        && uri.Host.Length > 0
        && uri.AbsolutePath.Length > 1;

    public static string ToConnectionString(string url, int maxConnections)
    {
        var uri = new Uri(url);
        var login = uri.UserInfo.Split(':', 2);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : NpgsqlConnection.DefaultPort,
            Username = Uri.UnescapeDataString(login[0]),
            Password = login.Length > 1 ? Uri.UnescapeDataString(login[1]) : null,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
            MaxPoolSize = maxConnections,
            ApplicationName = "neetodeploy",
        };
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            settings[Name(Uri.UnescapeDataString(parts[0]))] = Uri.UnescapeDataString(parts.Length > 1 ? parts[1] : "");
        }

        return settings.ToString();
    }

    /// <summary>libpq writes <c>sslmode</c> where Npgsql writes <c>SSL Mode</c>.</summary>
    private static string Name(string libpqName) =>
        libpqName.ToLower(CultureInfo.InvariantCulture) switch
        {
            "sslmode" => "SSL Mode",
            "sslrootcert" => "Root Certificate",
            _ => libpqName,
        };
}
