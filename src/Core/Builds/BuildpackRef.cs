namespace NeetoDeploy.Core.Builds;

/// <summary>A buildpack as a user names it: <c>heroku/nodejs</c>, a git URL with <c>#ref</c>, or an archive's URL.</summary>
[GenerateSerializer, Immutable, Alias("neeto.BuildpackRef")]
public sealed record BuildpackRef([property: Id(0)] string Url)
{
    /// <inheritdoc/>
    public override string ToString() => Url;
}
