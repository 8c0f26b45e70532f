namespace NeetoDeploy.Grains.Apps;

/// <summary>What an installation says about every app.</summary>
public sealed class AppsOptions
{
    /// <summary>The domain that default host names lie under: the app <c>shop</c> is at <c>shop.{AppsDomain}</c>.</summary>
    public string AppsDomain { get; set; } = "localhost";
}
