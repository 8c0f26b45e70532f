using Bunit;
using Microsoft.AspNetCore.Components.Forms.Mapping;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Dashboard.Accounts;
using NeetoDeploy.Dashboard.Tests.Host;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Dashboard.Tests.Accounts;

public sealed class SignInPageTests(ClusterFixture cluster) : PageTests(cluster)
{
    private const string Password = "a short sentence";

    [Fact]
    public async Task Storage_that_fails_is_said_to_be_nobodys_fault_and_worth_another_try()
    {
        var email = await CreateAsync();
        var http = new DefaultHttpContext { RequestServices = Services };
        var page = Show(http, new() { Email = email, Password = Password });
        Cluster.States.FailNextWrites();

        await page.Find("form").SubmitAsync();

        Assert.Contains("Nobody can sign in right now", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal((503, "5"), (http.Response.StatusCode, http.Response.Headers.RetryAfter.ToString()));
    }

    [Fact]
    public async Task A_wrong_password_is_a_page_that_says_so()
    {
        var http = new DefaultHttpContext { RequestServices = Services };
        var page = Show(http, new() { Email = await CreateAsync(), Password = "wrong" });

        await page.Find("form").SubmitAsync();

        Assert.Contains("do not belong together", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(200, http.Response.StatusCode);
    }

    private async Task<string> CreateAsync()
    {
        CallContext.Act(Actor.Platform);
        var email = $"a{Guid.NewGuid():N}@example.com";
        Assert.True((await Cluster.Grains.Account(email).CreateAsync(isAdmin: false)).IsOk);
        Assert.True((await Cluster.Grains.Account(email).SetPasswordAsync(null, Password)).IsOk);
        return email;
    }

    private IRenderedComponent<SignInPage> Show(HttpContext http, SignInPage.Credentials typed)
    {
        Services.AddSupplyValueFromFormProvider();
        Services.AddSingleton<IFormValueMapper>(new Typed(typed));
        return Render<SignInPage>(parameters => parameters.AddCascadingValue(http));
    }

    /// <summary>What somebody has filled in.</summary>
    private sealed class Typed(SignInPage.Credentials form) : IFormValueMapper
    {
        public bool CanMap(Type valueType, string scopeName, string? formName) => valueType == form.GetType();

        public void Map(FormValueMappingContext context) => context.SetResult(form);
    }
}
