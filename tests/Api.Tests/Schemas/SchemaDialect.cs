using System.Text.Json.Nodes;

namespace NeetoDeploy.Api.Tests.Schemas;

/// <summary>Translates the dialect of Heroku's schema (draft 4 with additions) into JSON Schema.</summary>
internal static class SchemaDialect
{
    public static void Translate(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
                Translate(item);
        }

        if (node is JsonObject schema)
        {
            TranslateKeywords(schema);
            foreach (var (_, child) in schema.ToList())
                Translate(child);
        }
    }

    /// <summary>The schema with its references pointing into the document at <paramref name="address"/>.</summary>
    public static JsonNode Anchored(JsonNode schema, string address)
    {
        var copy = schema.DeepClone();
        Translate(copy);
        return JsonNode.Parse(copy.ToJsonString().Replace("\"$ref\":\"#/", $"\"$ref\":\"{address}#/", StringComparison.Ordinal))!;
    }

    private static void TranslateKeywords(JsonObject schema)
    {
        schema.Remove("$schema");
        schema.Remove("example");
        if (schema["id"] is JsonValue)
            schema.Remove("id");
        if (
            schema["strictProperties"] is JsonValue strict
            && strict.GetValue<bool>()
            && schema["properties"] is JsonObject { Count: > 0 } properties
        )
        {
            schema["additionalProperties"] = false;
            schema["required"] = new JsonArray([.. properties.Select(property => (JsonNode)property.Key)]);
        }

        if (schema["required"] is JsonArray { Count: 0 })
            schema.Remove("required");
    }
}
