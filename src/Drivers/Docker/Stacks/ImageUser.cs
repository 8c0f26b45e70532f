using System.Globalization;
using Docker.DotNet.Models;
using NeetoDeploy.Drivers.Abstractions;

namespace NeetoDeploy.Drivers.Docker.Stacks;

/// <summary>Whom an image runs as.</summary>
internal static class ImageUser
{
    /// <summary>
    /// The uid that a build image names: its variable <c>CNB_USER_ID</c> (buildpacks platform specification, "Build image"), else its <c>USER</c>, which
    /// may be a name of its <c>/etc/passwd</c>.
    /// </summary>
    /// <exception cref="DriverException">It names none but root.</exception>
    public static async Task<int> ReadAsync(ImageInspectResponse image, string name, ImageFiles.Root files, CancellationToken cancel)
    {
        const string Variable = "CNB_USER_ID=";
        var said = image.Config?.Env?.LastOrDefault(line => line.StartsWith(Variable, StringComparison.Ordinal))?[Variable.Length..];
        if (Parse(said) is { } declared)
            return declared;
        var user = (image.Config?.User ?? "").Split(':')[0];
        return Parse(user)
            ?? Find(user, await files.ReadTextAsync("/etc/passwd", cancel))
            ?? throw new DriverException(
                DriverErrorKind.Invalid,
                "stack.no_user",
                $"the image {name} does not say as whom to build: it has no CNB_USER_ID, and its USER is {(user.Length == 0 ? "not set" : $"'{user}'")}. Add the number of an unprivileged user to stacks.toml, such as 'user = 1000'."
            );
    }

    /// <summary>The uid of a name in the form of <c>/etc/passwd</c>; null when there is none, or root's.</summary>
    public static int? Find(string user, string passwd) =>
        user.Length == 0
            ? null
            : passwd
                .Split('\n')
                .Select(line => line.Split(':'))
                .Where(fields => fields.Length > 2 && fields[0] == user)
                .Select(fields => Parse(fields[2]))
                .FirstOrDefault();

    private static int? Parse(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
}
