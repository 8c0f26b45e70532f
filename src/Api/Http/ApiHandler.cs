namespace NeetoDeploy.Api.Http;

/// <summary>Answers a request of the Platform API: reads it, makes a grain call, and maps what comes back.</summary>
public delegate Task<IResult> ApiHandler(ApiRequest request);

/// <summary>Who may reach a route.</summary>
public enum ApiAccess
{
    /// <summary>Whoever has a token. What it may do is the grains' decision.</summary>
    Token,

    /// <summary>Everybody.</summary>
    Public,

    /// <summary>Everybody, whatever the Accept header says: browsers, and clients that have no token yet.</summary>
    Open,
}

/// <summary>Marks the API's own routes among those of the host.</summary>
public sealed record ApiRoute(ApiAccess Access);
