namespace NeetoDeploy.Builder.Sources;

/// <summary>What an archive held, before links are made. Paths are relative with single slashes.</summary>
internal sealed class UnpackedSource
{
    /// <summary>Files with the SHA-256 of their content in hex.</summary>
    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Links with their targets. They are made after everything else, so that nothing is ever written through one.</summary>
    public Dictionary<string, string> Links { get; } = new(StringComparer.Ordinal);
}
