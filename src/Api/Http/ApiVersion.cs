using System.Text.RegularExpressions;

namespace NeetoDeploy.Api.Http;

/// <summary>Requests say which version they want: <c>Accept: application/vnd.heroku+json; version=3</c>, or a variant such as <c>3.sdk</c>, which is the same here.</summary>
internal static partial class ApiVersion
{
    /// <summary>Whether an Accept header asks for version 3.</summary>
    public static bool IsAccepted(string? accept) => accept is not null && Version3().IsMatch(accept);

    /// <exception cref="ApiRefusal">406: it asks for something else.</exception>
    public static void Require(HttpRequest request)
    {
        if (!IsAccepted(request.Headers.Accept))
        {
            throw new ApiRefusal(
                StatusCodes.Status406NotAcceptable,
                "not_acceptable",
                "The header `Accept: application/vnd.heroku+json; version=3` is required."
            );
        }
    }

    [GeneratedRegex(@"\bversion=3(\.[\w-]+)?(?=$|[\s,;])")]
    private static partial Regex Version3();
}
