using System.Globalization;
using Docker.DotNet.Models;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Stacks;

/// <summary>Finds the images of stacks on the engine.</summary>
internal sealed class StackImageStore(DockerEngine engine, EngineNames names)
{
    // What every exporter of an app's image writes (buildpacks platform specification, "Labels").
    private const string AppImage = "io.buildpacks.lifecycle.metadata";

    /// <summary>Labels of a stack's image; <paramref name="kind"/> is <c>run</c> or <c>build</c>.</summary>
    public Dictionary<string, string> Labels(StackRecipe recipe, string kind) =>
        new(names.Labels(EngineRoles.Stack))
        {
            [EngineNames.Stack] = recipe.Name,
            [EngineNames.Recipe] = RecipeLabel(recipe, kind),
            ["io.buildpacks.stack.id"] = recipe.Name,
            ["io.buildpacks.base.distro.name"] = "debian",
            ["io.buildpacks.base.distro.version"] = recipe.Name[(recipe.Name.LastIndexOf('-') + 1)..],
        };

    /// <summary>The labels as an image's configuration is changed by import and commit.</summary>
    public static IEnumerable<string> Changes(Dictionary<string, string> labels) =>
        labels.Select(label => string.Create(CultureInfo.InvariantCulture, $"LABEL {label.Key}={label.Value}"));

    /// <summary>The image's id; null when it has to be made.</summary>
    public async Task<string?> FindAsync(string name, CancellationToken cancel) => (await engine.FindImageAsync(name, cancel))?.ID;

    /// <summary>
    /// Takes over what another installation of this machine made from the same recipe: the layers are shared, the label is ours.
    /// Answers the image's id; null when there is none.
    /// </summary>
    public async Task<string?> AdoptAsync(StackRecipe recipe, string kind, string name, CancellationToken cancel)
    {
        var request = new ImagesListParameters
        {
            Filters = new Dictionary<string, IDictionary<string, bool>>
            {
                ["label"] = new Dictionary<string, bool> { [$"{EngineNames.Recipe}={RecipeLabel(recipe, kind)}"] = true },
            },
        };
        var images = await engine.CallAsync((client, token) => client.Images.ListImagesAsync(request, token), cancel);
        // What a Dockerfile made of a stack's image inherits its labels, and never its name.
        var stacks = images.Where(image => image.RepoTags?.Any(tag => tag.EndsWith($":{recipe.Hash}", StringComparison.Ordinal)) == true);
        if (Original(stacks) is not { } image)
            return null;
        var labels = Labels(recipe, kind);
        var container = new CreateContainerParameters
        {
            Name = names.StackContainer($"{recipe.Name}-{kind}"),
            Image = image.ID,
            Cmd = ["bash"],
            Labels = labels,
        };
        await engine.RemoveContainerAsync(container.Name, cancel);
        var id = await engine.CreateContainerAsync(container, orFind: false, cancel);
        try
        {
            return await engine.CommitAsync(id, name, Changes(labels), cancel);
        }
        finally
        {
            await engine.RemoveContainerAsync(id, CancellationToken.None);
        }
    }

    /// <summary>
    /// Of images with a recipe's label the one that was made, or is nearest to it: the oldest, as each that was taken over has a layer more. Apps'
    /// images carry the labels of what they run on, and are no stack's; null when there are only such.
    /// </summary>
    public static ImagesListResponse? Original(IEnumerable<ImagesListResponse> images) =>
        images.Where(image => image.Labels?.ContainsKey(AppImage) != true).MinBy(image => image.Created);

    private static string RecipeLabel(StackRecipe recipe, string kind) => $"{recipe.Hash}-{kind}";
}
