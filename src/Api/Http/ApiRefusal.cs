namespace NeetoDeploy.Api.Http;

/// <summary>A request that the API cannot accept, found out before any grain was asked. It becomes an error answer.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="id">Heroku's word for it, such as <c>bad_request</c>.</param>
/// <param name="message">A sentence for a person.</param>
/// <param name="resource">What kind of thing is missing; null otherwise.</param>
public sealed class ApiRefusal(int status, string id, string message, string? resource = null) : Exception(message)
{
    public int Status => status;

    public string Id => id;

    public string? Resource => resource;

    /// <summary>400: the request cannot be read at all.</summary>
    public static ApiRefusal BadRequest(string message) => new(StatusCodes.Status400BadRequest, "bad_request", message);

    /// <summary>401: nobody we know.</summary>
    public static ApiRefusal Unauthorized(string message) => new(StatusCodes.Status401Unauthorized, "unauthorized", message);

    /// <summary>404: it does not exist, or must seem so.</summary>
    public static ApiRefusal NotFound(string resource) =>
        new(StatusCodes.Status404NotFound, "not_found", $"Couldn't find that {resource}.", resource.Replace(' ', '_'));

    /// <summary>422: readable, but not acceptable.</summary>
    public static ApiRefusal Invalid(string message) => new(StatusCodes.Status422UnprocessableEntity, "invalid_params", message);
}
