using System.Collections.Immutable;
using System.Globalization;
using NeetoDeploy.Api.Contracts.Dynos;
using NeetoDeploy.Api.Dynos;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Rendezvous;
using NeetoDeploy.Core.Runs;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Runs;

namespace NeetoDeploy.Api.Runs;

/// <summary><c>POST /apps/{app}/dynos</c>: one-off dynos.</summary>
internal static class RunEndpoints
{
    public static void MapRuns(this ApiRoutes api) => api.Post("/apps/{app}/dynos", CreateAsync);

    private static async Task<IResult> CreateAsync(ApiRequest request)
    {
        var command = ToCommand(await request.ReadAsync<CreateDynoRequest>(), request.Actor);
        var run = new RunId(Guid.NewGuid());
        var started = await request.Grains.Run(request.App.Id, run).StartAsync(command);
        var attachUrl =
            started.IsOk && command.IsAttached
                ? request.Service<IAttachUrls>().Open(request.App.Id, run, command.Terminal is not null)
                : null;
        return Answer.Created(started, view => view.Dyno.ToResource(request, attachUrl));
    }

    private static StartRun ToCommand(CreateDynoRequest body, Actor actor)
    {
        var environment = (body.Env ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal);
        var isAttached = body.Attach ?? false;
        return new StartRun(
            body.Type ?? "run",
            body.Command ?? throw ApiRefusal.Invalid("command must say what to run."),
            environment,
            body.Size,
            isAttached && body.ForceNoTty is not true ? TerminalOf(environment) : null,
            Release: null,
            Output: null,
            isAttached,
            new AccountRef(actor.Id, actor.Email)
        );
    }

    private static (int Columns, int Lines) TerminalOf(ImmutableSortedDictionary<string, string> environment) =>
        (Extent(environment.GetValueOrDefault("COLUMNS"), 80), Extent(environment.GetValueOrDefault("LINES"), 24));

    private static int Extent(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 10_000 ? value : otherwise;
}
