using NeetoDeploy.Api.Streams;
using NeetoDeploy.Grains.Interfaces.Builds;

namespace NeetoDeploy.Api.Sources;

/// <summary>The same places that <c>POST /sources</c> gives, for other parts of this host.</summary>
internal sealed class SourcePlaces(StreamUrls urls) : ISourcePlaces
{
    public SourcePlace Create()
    {
        var source = Guid.NewGuid();
        return new SourcePlace(new Uri(urls.SourceUrl(source)).AbsolutePath, new Uri(urls.SourceFile(source)).AbsoluteUri);
    }
}
