using System.Globalization;
using Docker.DotNet.Models;
using NeetoDeploy.Drivers.Abstractions;

namespace NeetoDeploy.Drivers.Docker.Stacks;

/// <summary>Whom an image runs as, when that is not root.</summary>
/// <param name="Group">The group that goes with it.</param>
/// <param name="Home">As its files say; null when they do not know the user.</param>
internal sealed record ImageUser(int Id, int Group, string? Home)
{
    /// <summary>
    /// The user that an image names: by its variables <c>CNB_USER_ID</c> and <c>CNB_GROUP_ID</c> (buildpacks platform specification, "Build image"), else by its
    /// <c>USER</c>, whose parts may be names of its <c>/etc/passwd</c> and numbers.
    /// </summary>
    /// <param name="passwd">That file's text.</param>
    /// <param name="setting">The operator's word, which counts most.</param>
    /// <returns>Null when it names nobody but root.</returns>
    public static ImageUser? Find(DockerOCIImageConfig? image, string passwd, int? setting)
    {
        var said = (image?.User ?? "").Split(':');
        var known = passwd.Split('\n').Select(line => line.Split(':')).Where(fields => fields.Length > 5).ToList();
        var id =
            setting ?? Parse(Variable(image, "CNB_USER_ID")) ?? Parse(said[0]) ?? Parse(known.Find(fields => fields[0] == said[0])?[2]);
        if (id is not { } user)
            return null;
        var own = known.Find(fields => Parse(fields[2]) == user);
        var group = setting is null ? Parse(Variable(image, "CNB_GROUP_ID")) ?? Parse(said.ElementAtOrDefault(1)) : null;
        return new(user, group ?? Parse(own?[3]) ?? user, own?[5]);
    }

    /// <inheritdoc cref="Find"/>
    /// <param name="name">The image's, for the message.</param>
    /// <exception cref="DriverException">It names nobody but root.</exception>
    public static ImageUser Require(DockerOCIImageConfig? image, string name, string passwd, int? setting) =>
        Find(image, passwd, setting)
        ?? throw new DriverException(
            DriverErrorKind.Invalid,
            "stack.no_user",
            $"the image {name} does not say as whom to build: it has no CNB_USER_ID, and its USER is {(string.IsNullOrEmpty(image?.User) ? "not set" : $"'{image.User}'")}. Add the number of an unprivileged user to stacks.toml, such as 'user = 1000'."
        );

    private static string? Variable(DockerOCIImageConfig? image, string name) =>
        image?.Env?.LastOrDefault(line => line.StartsWith($"{name}=", StringComparison.Ordinal))?[(name.Length + 1)..];

    private static int? Parse(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
}
