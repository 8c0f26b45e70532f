using System.CommandLine;
using System.Globalization;
using NeetoDeploy.Api.Contracts.Formations;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Ps;

/// <summary><c>ps:scale</c></summary>
internal sealed class ScaleCommand : AppCommand
{
    private readonly Argument<string[]> changes = new("TYPE=QUANTITY[:SIZE]")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "Quantities may be relative: +1, -1.",
    };

    public ScaleCommand()
        : base("ps:scale", "Shows the formation, or changes it: web=2 worker=+1 web=2:Standard-2X")
    {
        Add(changes);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var updates = call.Get(changes)!.Select(Parse).ToArray();
        var formation =
            updates.Length == 0
                ? await call.Api.ListAsync(app.To("/formation"), ApiJson.Default.FormationResourceArray, cancel)
                : await call.Api.SendAsync(
                    HttpMethod.Patch,
                    app.To("/formation"),
                    new ScaleRequest(updates),
                    ApiJson.Default.ScaleRequest,
                    ApiJson.Default.FormationResourceArray,
                    cancel
                );
        return call.Show(
            formation,
            ApiJson.Default.FormationResourceArray,
            () =>
                call.Screen.Table(
                    ["TYPE", "QUANTITY", "SIZE", "COMMAND"],
                    [
                        .. formation.Select(row =>
                            new[] { row.Type, row.Quantity.ToString(CultureInfo.InvariantCulture), row.Size, row.Command }
                        ),
                    ]
                )
        );
    }

    private static FormationUpdate Parse(string change)
    {
        if (change.Split('=', 2) is not [{ Length: > 0 } type, { Length: > 0 } wish])
            throw new CliException(
                ExitCode.Usage,
                $"'{change}' is not TYPE=QUANTITY or TYPE=QUANTITY:SIZE.",
                "For example: neeto ps:scale web=2"
            );
        return wish.Split(':', 2) is [var quantity, var size] ? new FormationUpdate(type, quantity, size) : new FormationUpdate(type, wish);
    }
}
