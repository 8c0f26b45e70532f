using System.Text.Json;
using System.Text.Json.Nodes;
using NeetoDeploy.Api.Http;

namespace NeetoDeploy.Api.Schemas;

/// <summary>
/// Heroku's description of the Platform API, from which clients are generated, with those of its links that this installation has routes for.
/// </summary>
public sealed class ServedSchema
{
    private const string File = "platform-api-v3.schema.json";

    private readonly Lazy<byte[]> bytes;

    public ServedSchema(EndpointDataSource routes, ApiOptions options) => bytes = new(() => Describe(routes, options));

    public byte[] Bytes => bytes.Value;

    private static byte[] Describe(EndpointDataSource routes, ApiOptions options)
    {
        var known = routes
            .Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<ApiRoute>() is not null)
            .SelectMany(route =>
                route
                    .Metadata.GetRequiredMetadata<IHttpMethodMetadata>()
                    .HttpMethods.Select(method => (Method: method, Parts: PartsOf(route.RoutePattern.RawText!)))
            )
            .ToArray();
        var book = Read();
        book["links"]![0]!["href"] = options.PublicUrl;
        foreach (var (_, resource) in book["definitions"]!.AsObject())
        {
            var links = resource!["links"]?.AsArray() ?? [];
            foreach (var link in links.Where(link => !known.Any(route => Fits(link!, route.Method, route.Parts))).ToArray())
                links.Remove(link);
        }
        return JsonSerializer.SerializeToUtf8Bytes(book);
    }

    private static JsonObject Read()
    {
        using var file = typeof(ServedSchema).Assembly.GetManifestResourceStream(File)!;
        return JsonNode.Parse(file)!.AsObject();
    }

    private static bool Fits(JsonNode link, string method, string[] route) =>
        (string?)link["method"] == method
        && PartsOf((string)link["href"]!) is var parts
        && parts.Length == route.Length
        && parts.Zip(route).All(pair => pair.First == pair.Second || (IsOpen(pair.First) && (IsOpen(pair.Second) || pair.Second == "~")));

    private static string[] PartsOf(string path) => path.Split('/');

    private static bool IsOpen(string part) => part.StartsWith('{');
}
