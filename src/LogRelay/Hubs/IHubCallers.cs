namespace NeetoDeploy.LogRelay.Hubs;

/// <summary>
/// Tells the hub who is at the other end of a connection. The host brings it: tokens, and whatever else it lets people sign in with. Whoever counts cookies must look
/// at the <c>Origin</c> of the request as well: browsers send cookies along from every page, and nothing else keeps other sites from opening a hub's connection.
/// </summary>
public interface IHubCallers
{
    /// <summary>The actor of a request that opens a connection, as of now; null for nobody that is known. It is asked again while the connection lasts.</summary>
    Task<Actor?> FindAsync(HttpContext http);
}
