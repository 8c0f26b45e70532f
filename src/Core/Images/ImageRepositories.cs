using NeetoDeploy.Core.Apps;

namespace NeetoDeploy.Core.Images;

/// <summary>Where in the registry images are.</summary>
public static class ImageRepositories
{
    /// <summary>The repository of an app's images: nothing else is in it.</summary>
    public static string Of(AppId app) => $"apps/{app}";
}
