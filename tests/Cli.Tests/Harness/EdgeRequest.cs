namespace NeetoDeploy.Cli.Tests.Harness;

/// <summary>A request that the scripted edge has got.</summary>
/// <param name="Line"><c>GET /apps/shop?x=1</c></param>
internal sealed record EdgeRequest(string Line, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    /// <summary>Null when it was not sent.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
