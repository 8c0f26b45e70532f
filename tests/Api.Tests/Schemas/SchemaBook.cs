using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace NeetoDeploy.Api.Tests.Schemas;

/// <summary>
/// Heroku's description of the Platform API, as a judge of our answers. What its own dialect says (<c>strictProperties</c>: all properties are required and
/// no others allowed) is translated into JSON Schema first.
/// </summary>
public sealed class SchemaBook
{
    private const string Address = "https://schema.test/platform-api-v3";

    private readonly List<SchemaLink> links = [];
    private readonly EvaluationOptions options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    public SchemaBook(string file)
    {
        var book = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        var resources = book["definitions"]!.AsObject();
        SchemaDeviations.Apply(resources);
        var rawLinks = resources.SelectMany(resource => LinksOf(resource.Key, resource.Value!)).ToList();
        SchemaDialect.Translate(book);
        book["$id"] = Address;
        options.SchemaRegistry.Register(new Uri(Address), JsonSchema.FromText(book.ToJsonString()));
        links.AddRange(rawLinks.Select(link => link with { Answer = SchemaDialect.Anchored(link.Answer, Address) }));
    }

    public IReadOnlyList<SchemaLink> Links => links;

    /// <summary>What is wrong with an answer; empty when nothing is. Null: the book knows no such route.</summary>
    public IReadOnlyList<string>? Judge(string method, string path, string json)
    {
        var link = links.Find(link => link.Method == method && link.Path.IsMatch(path));
        if (link is null)
            return null;
        var verdict = JsonSchema.FromText(link.Answer.ToJsonString()).Evaluate(JsonNode.Parse(json), options);
        return verdict.IsValid ? [] : [.. Complaints(verdict)];
    }

    private static IEnumerable<string> Complaints(EvaluationResults verdict) =>
        verdict
            .Details.Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Key}: {error.Value}"))
            .DefaultIfEmpty("it does not fit, and the judge gives no reason");

    private static IEnumerable<SchemaLink> LinksOf(string resource, JsonNode description) =>
        (description["links"]?.AsArray() ?? []).Select(link => new SchemaLink(
            (string)link!["method"]!,
            PathOf((string)link["href"]!),
            AnswerOf(resource, link.AsObject())
        ));

    private static Regex PathOf(string href) => new($"^{Regex.Replace(href, @"\{[^}]*\}", "[^/]+")}$");

    /// <summary>A link that names no target answers its resource, or a list of it.</summary>
    private static JsonNode AnswerOf(string resource, JsonObject link)
    {
        var own = new JsonObject { ["$ref"] = $"#/definitions/{resource}" };
        return (string?)link["rel"] switch
        {
            _ when link["targetSchema"] is { } target => target.DeepClone(),
            "instances" => new JsonObject { ["type"] = "array", ["items"] = own },
            "empty" => new JsonObject(),
            _ => own,
        };
    }
}

/// <summary>A route of the book.</summary>
/// <param name="Answer">The schema of a successful answer.</param>
public sealed record SchemaLink(string Method, Regex Path, JsonNode Answer);
