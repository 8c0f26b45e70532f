using System.Text;
using Microsoft.AspNetCore.Http;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Grains.Interfaces;

namespace NeetoDeploy.Api.Tests.Http;

public sealed class ApiCredentialsTests
{
    [Theory]
    [InlineData("Bearer secret", "secret")]
    [InlineData("bearer secret", "secret")]
    [InlineData("Bearer ", null)]
    [InlineData("Bearer", null)]
    [InlineData("secret", null)]
    [InlineData("Digest secret", null)]
    [InlineData("Basic not-base64!", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_token_is_taken_from_its_header(string? header, string? expected) => Assert.Equal(expected, TokenOf(header));

    [Theory]
    [InlineData(":secret", "secret")]
    [InlineData("me@example.com:secret", "secret")]
    [InlineData("heroku:sec:ret", "sec:ret")]
    [InlineData("secret", null)]
    [InlineData("secret:", null)]
    public void The_password_of_basic_authentication_is_a_token(string pair, string? expected) =>
        Assert.Equal(expected, TokenOf($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))}"));

    [Fact]
    public void What_is_too_long_to_be_a_token_is_not_looked_up()
    {
        Assert.Null(TokenOf($"Bearer {new string('x', 513)}"));
        Assert.Null(TokenOf($"Basic {Convert.ToBase64String(new byte[4096])}"));
    }

    [Fact]
    public void The_secret_is_known_by_its_hash_only() =>
        Assert.Equal("2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b", GrainKeys.TokenKey("secret"));

    private static string? TokenOf(string? header)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Authorization = header;
        return ApiCredentials.TokenOf(http.Request);
    }
}
