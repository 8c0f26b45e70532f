using NeetoDeploy.Api.Tests.Host;

namespace NeetoDeploy.Api.Tests.Logs;

public sealed class HubCallersTests(ApiFixture api)
{
    [Fact]
    public async Task The_token_of_an_account_opens_a_connection_to_the_hub()
    {
        var me = await api.NewAccountAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{api.PublicUrl}/hubs/logs/negotiate?negotiateVersion=1");
        request.Headers.TryAddWithoutValidation("Authorization", me.Authorization);

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Contains(
            "WebSockets",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }
}
