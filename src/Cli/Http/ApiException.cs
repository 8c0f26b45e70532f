using System.Net;
using NeetoDeploy.Api.Contracts.Errors;

namespace NeetoDeploy.Cli.Http;

/// <summary>The installation has refused a request.</summary>
internal sealed class ApiException(HttpStatusCode status, ErrorResource error) : Exception(error.Message)
{
    public HttpStatusCode Status { get; } = status;

    public ErrorResource Error { get; } = error;
}
