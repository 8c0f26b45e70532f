using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Http;

/// <summary>Reads JSON bodies.</summary>
internal static class RequestBody
{
    /// <summary>All config vars of an app take 64 KB; escaped, and with room.</summary>
    private const int MaxBytes = 1 << 20;

    private static ReadOnlySpan<byte> EmptyObject => "{}"u8;

    public static async Task<T> ReadAsync<T>(HttpContext http)
        where T : class
    {
        var bytes = await ReadBytesAsync(http.Request.BodyReader, http.RequestAborted);
        RequireJson(bytes);
        try
        {
            var json = bytes.Length == 0 ? EmptyObject : bytes;
            return JsonSerializer.Deserialize(json, (JsonTypeInfo<T>)ApiJson.Default.GetTypeInfo(typeof(T))!)
                ?? throw ApiRefusal.Invalid("The body must be a JSON object, not null.");
        }
        catch (JsonException e)
        {
            throw ApiRefusal.Invalid($"The value at {e.Path ?? "$"} is not of the expected type.");
        }
    }

    private static async Task<byte[]> ReadBytesAsync(PipeReader body, CancellationToken cancel)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancel);
            if (read.Buffer.Length > MaxBytes)
                throw new ApiRefusal(StatusCodes.Status413PayloadTooLarge, "bad_request", "The body is larger than 1 MB.");
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                body.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Tells text that is no JSON at all from JSON of another shape.</summary>
    private static void RequireJson(byte[] bytes)
    {
        if (bytes.Length == 0)
            return;
        try
        {
            var reader = new Utf8JsonReader(bytes);
            while (reader.Read()) { }
        }
        catch (JsonException)
        {
            throw ApiRefusal.BadRequest("The body is not valid JSON.");
        }
    }
}
