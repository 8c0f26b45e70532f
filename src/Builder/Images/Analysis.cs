namespace NeetoDeploy.Builder.Images;

/// <summary>The images that a new one is made beside.</summary>
/// <param name="Run">What it stands on; null when the registry has lost it, which export will say.</param>
/// <param name="Previous">That of the current release; null for none.</param>
internal sealed record Analysis(StoredImage? Run, StoredImage? Previous);
