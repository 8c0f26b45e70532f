using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Api.Tests.Host;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Metrics;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Api.Tests.Internal;

/// <summary>What routers counted: <c>POST /internal/metrics</c>.</summary>
public sealed class FiguresTests(ApiFixture api)
{
    [Fact]
    public async Task What_a_router_counted_is_in_the_apps_metrics_when_the_answer_comes_and_only_once()
    {
        var app = await NewAppAsync();
        var body = Report(app, "[0,7,0,2,1]", """{"-3":4,"40":6}""");

        Assert.Equal(204, await PostAsync(body));
        Assert.Equal(204, await PostAsync(body));

        var now = (await ReadAsync(app)).TakeLast(2).Select(span => span.Requests).Aggregate((all, one) => all.Add(one));
        Assert.Equal([0, 7, 0, 2, 1], now.Statuses);
        Assert.Equal((4, 6), (now.Times.Counts[-3], now.Times.Counts[40]));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("wrong", false)]
    [InlineData(null, true)]
    public async Task Nobody_but_a_router_may_tell(string? token, bool asAccount)
    {
        var app = await NewAppAsync();

        var authorization =
            asAccount ? (await api.NewAccountAsync()).Authorization
            : token is null ? null
            : $"Bearer {token}";

        Assert.Equal(401, await PostAsync(Report(app, "[0,7,0,0,0]", "{}"), authorization));

        Assert.All(await ReadAsync(app), span => Assert.Equal(0, span.Requests.Total));
    }

    [Theory]
    [InlineData("""{"statuses":[0,-1,0,0,0],"times":{"counts":{}}}""")]
    [InlineData("""{"statuses":[0,9223372036854775807,0,0,0],"times":{"counts":{}}}""")]
    [InlineData("""{"statuses":[0,1e400,0,0,0],"times":{"counts":{}}}""")]
    [InlineData("""{"statuses":[0,1],"times":{"counts":{}}}""")]
    [InlineData("""{"statuses":[0,1,0,0,0,0],"times":{"counts":{}}}""")]
    [InlineData("""{"statuses":null,"times":{"counts":{}}}""")]
    [InlineData("""{"statuses":[0,1,0,0,0],"times":null}""")]
    [InlineData("""{"statuses":[0,1,0,0,0],"times":{"counts":null}}""")]
    [InlineData("""{"statuses":[0,1,0,0,0],"times":{"counts":{"40":-1}}}""")]
    [InlineData("""{"statuses":[0,1,0,0,0],"times":{"counts":{"1000000":1}}}""")]
    [InlineData("""{"statuses":[0,1,0,0,0],"times":{"counts":{"ten":1}}}""")]
    [InlineData("null")]
    [InlineData("7")]
    public async Task What_no_router_can_have_counted_is_refused_whole(string requests)
    {
        var app = await NewAppAsync();
        var (good, bad) = (
            Figures(app, TimeProvider.System.GetUtcNow(), "[0,1,0,0,0]", "{}"),
            Figures(app, TimeProvider.System.GetUtcNow(), requests)
        );

        Assert.Equal(400, await PostAsync(Report(good, bad)));

        Assert.All(await ReadAsync(app), span => Assert.Equal(0, span.Requests.Total));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"id":"no id","figures":[]}""")]
    [InlineData("""{"id":"7b0e1f0e-1111-2222-3333-444455556666","figures":null}""")]
    [InlineData("""{"id":"7b0e1f0e-1111-2222-3333-444455556666","figures":[null]}""")]
    public async Task A_body_that_is_no_report_is_refused(string body) => Assert.Equal(400, await PostAsync(body));

    [Fact]
    public async Task More_figures_or_bytes_than_a_router_ever_tells_are_refused()
    {
        var one = Figures(await NewAppAsync(), TimeProvider.System.GetUtcNow(), "[0,1,0,0,0]", "{}");

        Assert.Equal(400, await PostAsync(Report([.. Enumerable.Repeat(one, RoutedReport.MostFigures + 1)])));
        Assert.Equal(413, await PostAsync(new string(' ', (16 << 20) + 1)));
    }

    [Fact]
    public async Task Figures_of_apps_that_are_not_there_and_of_times_that_are_not_kept_are_dropped()
    {
        var app = await NewAppAsync();
        string Of(DateTimeOffset start) => Figures(app, start, "[0,1,0,0,0]", "{}");
        var now = TimeProvider.System.GetUtcNow();

        Assert.Equal(204, await PostAsync(Report(new AppId(Guid.NewGuid()), "[0,1,0,0,0]", "{}")));
        Assert.Equal(
            204,
            await PostAsync(
                Report(Of(DateTimeOffset.MinValue), Of(DateTimeOffset.MaxValue), Of(now.AddDays(-9)), Of(now.AddHours(1)), Of(now))
            )
        );

        Assert.Equal(1, (await ReadAsync(app)).Sum(span => span.Requests.Total));
    }

    private async Task<AppId> NewAppAsync()
    {
        var me = await api.NewAccountAsync();
        return AppId.Parse((string)(await me.GetAsync($"/apps/{await me.CreateAppAsync()}")).Json["id"]!);
    }

    private async Task<IReadOnlyList<AppFigures>> ReadAsync(AppId app)
    {
        CallContext.Act(Actor.Platform);
        return await api.Services.GetRequiredService<IGrainFactory>().Metrics(app).ReadAsync(MetricsRange.Hour);
    }

    private Task<int> PostAsync(string body) => PostAsync(body, $"Bearer {ApiFixture.RouterToken}");

    private async Task<int> PostAsync(string body, string? authorization)
    {
        using var http = new HttpClient { BaseAddress = new Uri(api.PublicUrl) };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        // What is too long is refused before it is sent.
        http.DefaultRequestHeaders.ExpectContinue = true;
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(
            new Uri("/internal/metrics", UriKind.Relative),
            content,
            TestContext.Current.CancellationToken
        );
        return (int)answer.StatusCode;
    }

    private static string Report(AppId app, string statuses, string times) =>
        Report(Figures(app, TimeProvider.System.GetUtcNow(), statuses, times));

    private static string Report(params string[] figures) => $$"""{"id":"{{Guid.NewGuid()}}","figures":[{{string.Join(',', figures)}}]}""";

    private static string Figures(AppId app, DateTimeOffset start, string statuses, string times) =>
        Figures(app, start, $$$"""{"statuses":{{{statuses}}},"times":{"counts":{{{times}}}}}""");

    private static string Figures(AppId app, DateTimeOffset start, string requests) =>
        $$"""{"app":"{{app}}","start":"{{start:O}}","requests":{{requests}}}""";
}
