using NeetoDeploy.Api.Contracts.Accounts;
using NeetoDeploy.Api.Contracts.Apps;
using NeetoDeploy.Api.Contracts.Buildpacks;
using NeetoDeploy.Api.Contracts.Builds;
using NeetoDeploy.Api.Contracts.Domains;
using NeetoDeploy.Api.Contracts.Dynos;
using NeetoDeploy.Api.Contracts.Formations;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Api.Contracts.Releases;

namespace NeetoDeploy.Cli.Tests.Harness;

/// <summary>Resources as an installation answers them, about an app named shop.</summary>
internal static class Examples
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static readonly UserRef Ann = new("ann@example.com", Id(1));

    private static readonly NamedRef Shop = new(Id(2), "shop");

    public static Guid Id(int number) => Guid.Parse($"00000000-0000-4000-8000-{number:000000000000}");

    public static AccountResource Account() =>
        new(false, false, Noon, Ann.Email, false, Ann.Id, null, null, "Ann", null, null, null, false, Noon, true, null, null, null);

    public static AppResource App(string name = "shop") =>
        new(
            false,
            null,
            null,
            new(Id(3), "neeto-12"),
            Noon,
            new(Id(4), "cedar"),
            $"https://localhost:5443/{name}.git",
            Id(2),
            null,
            false,
            name,
            Ann,
            null,
            null,
            new(Id(5), "local"),
            Noon,
            null,
            41_500_000,
            null,
            new(Id(3), "neeto-12"),
            Noon,
            $"http://{name}.localhost:8080/"
        );

    public static DynoResource Dyno(string name = "web.1", string command = "node server.js", string? attachUrl = null) =>
        new(attachUrl, command, Noon, Id(6), name, new(Id(7), 12), Shop, "Standard-1X", "up", name.Split('.')[0], Noon);

    public static FormationResource Formation(string type = "web", int quantity = 2) =>
        new(Shop, "node server.js", Noon, new(Id(8), "Standard-1X"), Id(9), quantity, "Standard-1X", type, Noon);

    public static ReleaseResource Release(
        int version = 12,
        string status = "succeeded",
        bool current = false,
        string? output = null,
        bool eligible = true
    ) =>
        new(
            [],
            [],
            Shop,
            Noon,
            $"Deploy {version:x8}",
            Id(100 + version),
            Noon,
            new(Id(10)),
            status,
            Ann,
            version,
            current,
            output,
            eligible
        );

    public static BuildResource Build(string status = "succeeded", string output = "http://127.0.0.1/output", bool released = true) =>
        new(
            new(Id(2)),
            null,
            Noon,
            "cedar",
            Id(11),
            output,
            new(null, "http://127.0.0.1/source", "8f1d2c3", null),
            released && status == "succeeded" ? new(Id(112)) : null,
            released && status == "succeeded" ? new(Id(11)) : null,
            "neeto-12",
            status,
            Noon,
            Ann
        );

    public static BuildDetailsResource Details() =>
        new(
            Build(),
            1,
            [new("prepare", 40), new("build", 1200), new("export", 300)],
            null,
            new(
                "127.0.0.1:5001/apps/x@sha256:0",
                13_000_000,
                1_100_000,
                12_500_000,
                "app",
                [
                    new("neeto/nodejs:node", 10_000_000, 0, true, 10_000_000),
                    new("neeto/nodejs:packages", 1_900_000, 0, true, 2_000_000),
                    new("sbom", 600, 600, false, null),
                    new("app", 1_099_400, 1_099_400, false, 500_000),
                ],
                ["neeto_nodejs/node/sbom.cdx.json"]
            ),
            [new("neeto/nodejs:packages", "notes-changed", "neeto/nodejs:packages was made anew: key: ab12… → cd34…")],
            ["neeto/nodejs 1.0.0"],
            null
        );

    public static DomainResource Domain(string host = "shop.example.com", string kind = "custom", string? cname = "shop.localhost") =>
        new(null, null, Shop, cname, Noon, host, Id(12), kind, Noon, "none", null);

    public static CollaboratorResource Collaborator(string email = "ben@example.com", string role = "collaborator") =>
        new(Shop, Noon, Id(13), [], role, Noon, new(email, false, Id(14)));

    public static BuildpackInstallationResource Buildpack(int ordinal, string name) => new(ordinal, new($"urn:buildpack:{name}", name));
}
