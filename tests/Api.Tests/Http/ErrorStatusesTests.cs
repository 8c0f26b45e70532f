using System.Reflection;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Api.Tests.Http;

public sealed class ErrorStatusesTests
{
    [Fact]
    public void Every_error_code_has_its_answer()
    {
        var codes = typeof(ErrorCodes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!);

        Assert.Empty(codes.Except(ErrorStatuses.All.Keys));
    }

    [Fact]
    public void What_is_not_found_is_404_and_names_what_is_missing()
    {
        foreach (var (code, answer) in ErrorStatuses.All.Where(entry => entry.Key.EndsWith(".not_found", StringComparison.Ordinal)))
        {
            Assert.True(answer is { Status: 404, Id: "not_found", Resource: not null }, $"{code}: {answer}");
        }
    }
}
