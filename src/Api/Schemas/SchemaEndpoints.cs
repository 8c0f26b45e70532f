using NeetoDeploy.Api.Http;

namespace NeetoDeploy.Api.Schemas;

/// <summary><c>GET /schema</c></summary>
internal static class SchemaEndpoints
{
    public static void MapSchema(this ApiRoutes api) =>
        api.Get("/schema", request => Task.FromResult(Answer(request.Service<ServedSchema>())), ApiAccess.Public);

    private static IResult Answer(ServedSchema schema) => new JsonAnswer(schema.Bytes, StatusCodes.Status200OK);
}
