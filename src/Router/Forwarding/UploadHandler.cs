namespace NeetoDeploy.Router.Forwarding;

/// <summary>Puts <see cref="UploadContent"/> around a request's body. It is a handler because the forwarder allows nobody else to.</summary>
internal sealed class UploadHandler(HttpMessageHandler connections) : DelegatingHandler(connections)
{
    /// <summary>Called when the last byte of the body has been sent; only requests with a body have it.</summary>
    public static readonly HttpRequestOptionsKey<Action> WhenSent = new("neeto.when_sent");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } body && request.Options.TryGetValue(WhenSent, out var sent))
            request.Content = new UploadContent(body, sent);
        return base.SendAsync(request, cancellationToken);
    }
}
