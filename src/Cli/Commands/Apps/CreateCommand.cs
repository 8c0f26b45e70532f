using System.CommandLine;
using System.Net;
using NeetoDeploy.Api.Contracts.Apps;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Commands.Git;
using NeetoDeploy.Cli.Http;

namespace NeetoDeploy.Cli.Commands.Apps;

/// <summary><c>create</c></summary>
internal sealed class CreateCommand : CliCommand
{
    private readonly Argument<string?> name = new("name")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "3 to 30 letters, digits and hyphens. Without it a name is made up.",
    };
    private readonly Option<string?> stack = new("--stack") { Description = "The stack to build on." };
    private readonly Option<bool> existOk = new("--exist-ok")
    {
        Arity = ArgumentArity.Zero,
        Description = "An app of this name that is yours is as good.",
    };
    private readonly Option<bool> noRemote = new("--no-remote") { Arity = ArgumentArity.Zero, Description = "Do not add the git remote." };

    public CreateCommand()
        : base("create", "Creates an app.")
    {
        Add(name);
        Add(stack);
        Add(existOk);
        Add(noRemote);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, CancellationToken cancel)
    {
        var app = await CreateAsync(call, cancel);
        var hasRemote = !call.Get(noRemote) && await new GitRemote(call.Around).SetAsync(app, cancel);
        return call.Show(
            app,
            ApiJson.Default.AppResource,
            () =>
            {
                call.Screen.Line($"{app.WebUrl} | {app.GitUrl}");
                call.Screen.Note(hasRemote ? $"Next: git push {GitRemote.Name} main" : $"Next: neeto deploy -a {app.Name} FOLDER");
            }
        );
    }

    private async Task<AppResource> CreateAsync(Invocation call, CancellationToken cancel)
    {
        var wanted = call.Get(name);
        try
        {
            return await call.Api.SendAsync(
                HttpMethod.Post,
                "/apps",
                new CreateAppRequest(wanted, Stack: call.Get(stack)),
                ApiJson.Default.CreateAppRequest,
                ApiJson.Default.AppResource,
                cancel
            );
        }
        catch (ApiException e) when (call.Get(existOk) && wanted is not null && e.Status == HttpStatusCode.UnprocessableEntity)
        {
            var apps = await call.Api.ListAsync("/apps", ApiJson.Default.AppResourceArray, cancel);
            if (apps.FirstOrDefault(app => app.Name == wanted) is not { } mine)
                throw;
            return mine;
        }
    }
}
