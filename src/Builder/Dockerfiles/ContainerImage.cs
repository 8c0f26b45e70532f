using System.Collections.Immutable;
using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Dockerfiles;

/// <summary>An image without a launcher in the app's repository, and what it says that it runs.</summary>
internal sealed record ContainerImage(ImageRef Reference, StoredImage Stored, string[] Entrypoint, string[] Command)
{
    public static async Task<ContainerImage> ReadAsync(IImageStore store, ImageRef reference, CancellationToken cancel)
    {
        var stored =
            await StoredImage.FindAsync(store, reference, cancel)
            ?? throw new DriverException(DriverErrorKind.NotFound, "image.not_found", $"The registry has lost the image {reference}.");
        var config = stored.Config["config"];
        return new(reference, stored, Words(config?["Entrypoint"]), Words(config?["Cmd"]));
    }

    /// <summary>How a process type runs in it, and how people see that.</summary>
    /// <param name="type">For the message when there is nothing to run.</param>
    /// <param name="line">A line for a shell; null: what the image says.</param>
    /// <exception cref="BuildFailedException">The image says nothing.</exception>
    public (ProcessImage Process, string Shown) Process(string type, string? line)
    {
        if (line is not null)
            return (new ProcessImage(Reference, ImageCommands.OfLine(line)), line);
        if (Entrypoint.Length + Command.Length == 0)
            throw new BuildFailedException(
                BuildPhase.Export,
                0,
                $"the image of {type} says nothing that it runs: add a CMD to its Dockerfile, or a command to run.{type} in heroku.yml"
            );
        return (new ProcessImage(Reference, ImageCommands.OfImage(Entrypoint, Command)), ImageCommands.Show(Entrypoint, Command));
    }

    private static string[] Words(JsonNode? list) => list is JsonArray words ? [.. words.Select(word => word!.GetValue<string>())] : [];
}
