using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NeetoDeploy.Api.Contracts.Errors;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Http;

/// <summary>The answers a handler can give. Every body is JSON.</summary>
public static class Answer
{
    /// <summary>An empty list of what this installation does not have.</summary>
    public static IResult NoRows { get; } = new JsonAnswer("[]"u8.ToArray(), StatusCodes.Status200OK);

    /// <summary>202 with an empty object: accepted, and done in a moment.</summary>
    public static IResult Accepted { get; } = new JsonAnswer("{}"u8.ToArray(), StatusCodes.Status202Accepted);

    /// <summary>200.</summary>
    public static IResult Ok<T>(T body) => Write(body, StatusCodes.Status200OK);

    /// <summary>201.</summary>
    public static IResult Created<T>(T body) => Write(body, StatusCodes.Status201Created);

    /// <summary>200 with what the command answered, or its refusal.</summary>
    public static IResult Ok<T, TBody>(Result<T> result, Func<T, TBody> map) => result.Match(value => Ok(map(value)), Refused);

    /// <summary>201 with what the command answered, or its refusal.</summary>
    public static IResult Created<T, TBody>(Result<T> result, Func<T, TBody> map) => result.Match(value => Created(map(value)), Refused);

    /// <summary>202, or the command's refusal.</summary>
    public static IResult AcceptedWhen(Result<Done> result) => result.Match(_ => Accepted, Refused);

    /// <summary>A command's refusal.</summary>
    public static IResult Refused(Error error)
    {
        var (status, id, resource) = ErrorStatuses.For(error.Code);
        return Write(new ErrorResource(id, error.Message, error.Code, resource), status);
    }

    /// <summary>An error that no command knows of.</summary>
    public static IResult Failed(int status, string id, string message, string? resource = null) =>
        Write(new ErrorResource(id, message, null, resource), status);

    internal static IResult Write<T>(T body, int status) => new JsonAnswer(JsonSerializer.SerializeToUtf8Bytes(body, TypeOf<T>()), status);

    private static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)ApiJson.Default.GetTypeInfo(typeof(T))!;
}
