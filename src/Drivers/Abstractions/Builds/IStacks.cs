using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Drivers.Abstractions.Builds;

/// <summary>The base images: what apps are built in and run on.</summary>
public interface IStacks
{
    /// <summary>Names of the stacks this installation offers, the default first.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Makes a stack's images unless they exist, telling of its steps; may take minutes the first time.</summary>
    Task<StackImages> PrepareAsync(string stack, IProgress<string> progress, CancellationToken cancel);

    /// <summary>The images of a prepared stack; null while it is not ready.</summary>
    StackImages? Find(string stack);

    /// <summary>
    /// Why nobody should wait for a stack: there is none of that name, or the operator's images for it could not be had, which somebody has to see to. Null when
    /// it is ready or on its way.
    /// </summary>
    DriverException? WhyNot(string stack);
}

/// <summary>A prepared stack.</summary>
/// <param name="RunImage">In the installation's registry: what app images stand on.</param>
/// <param name="BuildImage">The engine's id of the image that build sandboxes run.</param>
/// <param name="LifecycleDirectory">Host folder with the lifecycle, the launcher and the bundled buildpacks, for mounting into sandboxes.</param>
/// <param name="UserId">uid of the unprivileged user of both images; its gid as well, unless a builder says another.</param>
/// <param name="Builder">Set when the build image is a builder, which builds by itself.</param>
public sealed record StackImages(
    string Stack,
    ImageRef RunImage,
    string BuildImage,
    string LifecycleDirectory,
    int UserId,
    BuilderImage? Builder = null
)
{
    /// <summary>gid that builds run as.</summary>
    public int GroupId => Builder?.GroupId ?? UserId;
}

/// <summary>A build image that has buildpacks and a lifecycle of its own (buildpacks distribution specification, "Builder").</summary>
/// <param name="Reference">As the operator named it.</param>
/// <param name="PlatformApi">The version of the buildpacks platform specification that its lifecycle is spoken to in.</param>
/// <param name="GroupId">gid that its builds run as.</param>
/// <param name="Home">Home folder of its user.</param>
/// <param name="RunUser">uid and gid that apps run as, such as <c>1000:1000</c>.</param>
/// <param name="Buildpacks">Versions of each buildpack that it has, the newest last, by id.</param>
public sealed record BuilderImage(
    string Reference,
    string PlatformApi,
    int GroupId,
    string Home,
    string RunUser,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Buildpacks
);
