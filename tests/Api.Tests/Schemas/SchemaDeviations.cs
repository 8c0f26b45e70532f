using System.Text.Json.Nodes;

namespace NeetoDeploy.Api.Tests.Schemas;

/// <summary>Every place where our answers, or the schema itself, are known to deviate. Everything else is judged as it stands.</summary>
internal static class SchemaDeviations
{
    public static void Apply(JsonObject resources)
    {
        // These name Heroku's own hosts and Amazon's regions.
        resources["app"]!["definitions"]!["git_url"]!.AsObject().Remove("pattern");
        resources["app"]!["definitions"]!["web_url"]!.AsObject().Remove("pattern");
        resources["region"]!["definitions"]!["provider"]!["properties"]!["region"]!.AsObject().Remove("enum");

        // A host name is no URI, whatever the schema says; Heroku's own answers fail it, too.
        resources["domain"]!["definitions"]!["hostname"]!.AsObject().Remove("format");
    }
}
