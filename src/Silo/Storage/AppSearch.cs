using Dapper;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Silo.Storage;

/// <summary>A person's question for apps as SQL. What the person typed is only ever a parameter.</summary>
internal sealed class AppSearch
{
    private const string Member = "EXISTS (SELECT 1 FROM app_member WHERE account_id = @account AND app_id = app_index.id)";

    private readonly List<string> conditions = ["1 = 1"];
    private readonly List<string> order = [];

    public AppSearch(Actor who, AppQuery query)
    {
        Parameters.AddDynamicParams(
            new
            {
                account = who.Id.ToString(),
                skip = query.Skip,
                max = Math.Clamp(query.Max, 1, 1000),
            }
        );
        Restrict(who, query);
        LookForText(query.Text);
        LookForFavourites(query);
    }

    public DynamicParameters Parameters { get; } = new();

    public string Count => $"SELECT COUNT(*) FROM app_index WHERE {Where}";

    /// <summary>The rows are chosen in the index; only the views of those that are answered are read.</summary>
    public string Views =>
        $"""
            SELECT view FROM app_index JOIN (
                SELECT id AS found_id FROM app_index WHERE {Where} ORDER BY {Order} LIMIT @max OFFSET @skip
            ) AS found ON id = found_id ORDER BY {Order}
            """;

    private string Where => string.Join(" AND ", conditions);

    private string Order => string.Join(", ", [.. order, "name", "id"]);

    private void Restrict(Actor who, AppQuery query)
    {
        if (!who.IsAdmin || query.Ownership == AppOwnership.Shared)
            conditions.Add(Member);
        if (query.Ownership != AppOwnership.Any)
            conditions.Add(query.Ownership == AppOwnership.Mine ? "owner_id = @account" : "owner_id <> @account");
        if (query.Team is { } team)
        {
            conditions.Add("owner_id = @team");
            Parameters.Add("team", team.ToString());
        }
        if (!query.Statuses.IsEmpty)
            conditions.Add($"status IN ({List("status", query.Statuses)})");
    }

    /// <summary>Names that begin with the text come first.</summary>
    private void LookForText(string text)
    {
        if (text.Length == 0)
            return;
        var literal = text.Replace("!", "!!", StringComparison.Ordinal)
            .Replace("%", "!%", StringComparison.Ordinal)
            .Replace("_", "!_", StringComparison.Ordinal);
        conditions.Add("name LIKE @part ESCAPE '!'");
        order.Add("CASE WHEN name LIKE @beginning ESCAPE '!' THEN 0 ELSE 1 END");
        Parameters.Add("part", $"%{literal}%");
        Parameters.Add("beginning", $"{literal}%");
    }

    private void LookForFavourites(AppQuery query)
    {
        if (query.Favourites.IsEmpty)
        {
            if (query.OnlyFavourites)
                conditions.Add("1 = 0");
            return;
        }
        var favourites = List("favourite", query.Favourites);
        if (query.OnlyFavourites)
            conditions.Add($"id IN ({favourites})");
        order.Add($"CASE WHEN id IN ({favourites}) THEN 0 ELSE 1 END");
    }

    /// <summary>A parameter for each: the databases have no common word for a list.</summary>
    private string List<T>(string name, IEnumerable<T> values)
    {
        var names = new List<string>();
        foreach (var value in values)
        {
            names.Add($"@{name}{names.Count}");
            Parameters.Add(names[^1], value!.ToString());
        }
        return string.Join(", ", names);
    }
}
