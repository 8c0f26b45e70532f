using NeetoDeploy.Core.Buildpacks;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Builds;

/// <summary>What users may write for a buildpack (see <see cref="BuildpackSource"/>).</summary>
public static class BuildpackNames
{
    private const string Urn = "urn:buildpack:";

    /// <summary>Reads what a user wrote. A URN becomes the bare name, so that each buildpack has one spelling.</summary>
    public static Result<BuildpackRef> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bare = text.StartsWith(Urn, StringComparison.Ordinal) ? text[Urn.Length..] : text;
        return BuildpackSource.Parse(bare).Map(_ => new BuildpackRef(bare));
    }
}
