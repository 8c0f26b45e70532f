using System.Net;
using System.Net.Http.Headers;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;

namespace NeetoDeploy.Drivers.Registry.Images;

public sealed partial class RegistryImageStore
{
    public async Task<bool> MountBlobAsync(string repository, ImageDigest digest, string fromRepository, CancellationToken cancel)
    {
        // A registry that cannot mount begins an upload instead, of which traces stay in its storage however soon it is dropped.
        if (!await HasBlobAsync(fromRepository, digest, cancel))
            return false;
        var query = $"mount={digest}&from={Uri.EscapeDataString(fromRepository)}";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"v2/{repository}/blobs/uploads/?{query}");
        using var response = await BeginAsync(request, cancel);
        if (response.StatusCode == HttpStatusCode.Created)
            return true;
        if (response.StatusCode != HttpStatusCode.Accepted)
            throw await RegistryErrors.FromAsync(response, "blob", cancel);
        await AbandonAsync(UploadOf(response));
        return false;
    }

    public async Task PutBlobAsync(string repository, ImageDigest digest, long length, Stream content, CancellationToken cancel)
    {
        var upload = await BeginUploadAsync(repository, cancel);
        var done = false;
        // A registry can drop an upload that has no bytes yet, or one that is complete; a half-sent one stays in its storage until it expires.
        // So a cancelled upload is finished first, as long as that takes no longer than a call may. Any other has all the time it needs, while it moves.
        using var limit = new CancellationTokenSource(options.CallTimeout);
        await using var cancelling = cancel.Register(() => limit.CancelAfter(options.CallTimeout));
        var moving = new BlobStream(
            content,
            (read, token) =>
            {
                if (!cancel.IsCancellationRequested)
                    limit.CancelAfter(options.CallTimeout);
                return read(token);
            }
        );
        try
        {
            var separator = upload.Query.Length == 0 ? '?' : '&';
            using var request = new HttpRequestMessage(
                HttpMethod.Put,
                new Uri($"{upload}{separator}digest={Uri.EscapeDataString(digest.ToString())}")
            )
            {
                Content = new StreamContent(moving)
                {
                    Headers = { ContentLength = length, ContentType = new MediaTypeHeaderValue("application/octet-stream") },
                },
            };
            using var response = await calls.SendLongAsync(request, limit.Token);
            if (!response.IsSuccessStatusCode)
                throw await RegistryErrors.FromAsync(response, "blob", limit.Token);
            done = true;
            cancel.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException e) when (cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancel);
        }
        catch (OperationCanceledException e)
        {
            throw calls.TimedOut(e);
        }
        finally
        {
            if (!done)
                await AbandonAsync(upload);
        }
    }

    private async Task<Uri> BeginUploadAsync(string repository, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"v2/{repository}/blobs/uploads/");
        using var response = await BeginAsync(request, cancel);
        if (response.StatusCode != HttpStatusCode.Accepted)
            throw await RegistryErrors.FromAsync(response, "blob", cancel);
        return UploadOf(response);
    }

    /// <summary>Sends what may begin an upload, and hears the answer even when cancelled meanwhile: who does not know where an upload is cannot drop it.</summary>
    private Task<HttpResponseMessage> BeginAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return calls.SendAsync(request, CancellationToken.None);
    }

    private Uri UploadOf(HttpResponseMessage response) =>
        response.Headers.Location is { } location
            ? new Uri(calls.Address, location)
            : throw new DriverException(
                DriverErrorKind.Bug,
                "registry.no_upload_location",
                "The registry accepted an upload without saying where."
            );

    /// <summary>Tells the registry to drop an upload. It expires there anyway, so a failure to say so is not worth another error.</summary>
    private async Task AbandonAsync(Uri upload)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, upload);
            using var response = await calls.SendAsync(request, CancellationToken.None);
        }
        catch (DriverException) { }
    }
}
