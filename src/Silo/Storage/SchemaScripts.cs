using System.Reflection;

namespace NeetoDeploy.Silo.Storage;

/// <summary>
/// The SQL of one kind of database: numbered scripts, each applied once, and the statements that Orleans' providers read from the table
/// <c>OrleansQuery</c>, which are code and therefore replaced at every start.
/// </summary>
internal sealed class SchemaScripts(string kind)
{
    private const string Heading = "-- query: ";

    private static readonly Assembly Assembly = typeof(SchemaScripts).Assembly;

    private readonly string prefix = $"Sql/{kind}/";

    /// <summary>Names and texts, in the order in which they are applied.</summary>
    public IEnumerable<(string Id, string Sql)> Numbered() =>
        from name in Assembly.GetManifestResourceNames()
        where name.StartsWith(prefix, StringComparison.Ordinal) && char.IsAsciiDigit(name[prefix.Length])
        orderby name
        select (Path.GetFileNameWithoutExtension(name[prefix.Length..]), Read(name));

    /// <summary>Orleans' statements by their keys.</summary>
    public IEnumerable<(string Key, string Sql)> Queries() =>
        from section in ("\n" + Read(prefix + "queries.sql")).Split("\n" + Heading).Skip(1)
        let end = section.IndexOf('\n', StringComparison.Ordinal)
        select (section[..end].Trim(), section[end..].Trim());

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
