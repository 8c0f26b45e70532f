namespace NeetoDeploy.Dashboard.Deploys;

/// <summary>Where a source can be taken from in a page.</summary>
public enum SourceKind
{
    /// <summary>Nowhere yet: the app is deployed later.</summary>
    Later,
    Folder,
    Archive,
    Git,
    Image,
}
