using System.Text.Json.Nodes;
using NeetoDeploy.Api.Tests.Schemas;

namespace NeetoDeploy.Api.Tests.Host;

/// <summary>What holds for every answer of the API.</summary>
internal static class AnswerRules
{
    public static void Check(ApiAnswer answer, SchemaBook book)
    {
        var isEmpty = answer.Status == 304;
        var type = answer.Headers.GetValueOrDefault("Content-Type");
        Assert.True(type == (isEmpty ? null : "application/json"), $"{answer} is {type}");
        Assert.True(answer.Headers.ContainsKey("Request-Id"), $"{answer} has no Request-Id");
        Assert.True(answer.Headers.ContainsKey("RateLimit-Remaining"), $"{answer} has no RateLimit-Remaining");
        Assert.True((answer.Status == 206) == answer.Headers.ContainsKey("Next-Range"), $"{answer}: 206 and Next-Range belong together");
        var hasTag = answer.Headers.ContainsKey("ETag");
        Assert.True(
            hasTag == (answer is { Method: "GET", Status: < 400 }),
            $"{answer}: good answers to questions have an ETag, others none"
        );
        if (isEmpty)
            Assert.Equal("", answer.Text);
        else if (answer.Status >= 400)
            CheckError(answer);
        else
            CheckShape(answer, book);
    }

    private static void CheckError(ApiAnswer answer)
    {
        var error = Assert.IsType<JsonObject>(answer.Json);
        Assert.True(
            (string?)error["id"] is { Length: > 0 } && (string?)error["message"] is { Length: > 0 },
            $"{answer} does not say what is wrong"
        );
        Assert.True(error.All(part => part.Key is "id" or "message" or "code" or "resource"), $"{answer} says too much");
        Assert.DoesNotContain("   at ", answer.Text, StringComparison.Ordinal);
    }

    private static void CheckShape(ApiAnswer answer, SchemaBook book)
    {
        var complaints = book.Judge(answer.Method, answer.Path.Split('?')[0], answer.Text);
        Assert.True(complaints is null or [], $"{answer} deviates from the schema: {string.Join("; ", complaints ?? [])}");
        Assert.True(
            complaints is not null || OutsideTheBook.Contains(answer.Path),
            $"{answer}: neither the schema nor our list knows this route"
        );
    }
}
