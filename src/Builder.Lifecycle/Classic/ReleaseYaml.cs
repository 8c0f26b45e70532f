using NeetoDeploy.Builder.Lifecycle.Building;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NeetoDeploy.Builder.Lifecycle.Classic;

/// <summary>
/// What <c>bin/release</c> prints, of which <c>default_process_types</c> still counts; <c>addons</c> and <c>config_vars</c> are from before buildpacks
/// could be changed, and Heroku ignores them too. It is read event by event: nothing of the library that needs reflection is used.
/// </summary>
internal static class ReleaseYaml
{
    /// <summary>The default process types with their commands.</summary>
    /// <exception cref="LifecycleException">It is no YAML.</exception>
    public static IReadOnlyList<ProcessToml> Read(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            return parser.TryConsume<DocumentStart>(out _) && parser.TryConsume<MappingStart>(out _) ? ReadDocument(parser) : [];
        }
        // The library's scanner gives up on some texts with errors of other kinds.
        catch (Exception broken) when (broken is YamlException or InvalidOperationException or ArgumentException)
        {
            throw new LifecycleException(
                ExitCodes.BuildpackFailed,
                $"The buildpack's bin/release printed no YAML: {broken.Message}",
                broken
            );
        }
    }

    private static List<ProcessToml> ReadDocument(Parser parser)
    {
        var processes = new List<ProcessToml>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var isTypes = parser.TryConsume<Scalar>(out var key) && key.Value == "default_process_types";
            if (isTypes && parser.TryConsume<MappingStart>(out _))
                ReadTypes(parser, processes);
            else
                parser.SkipThisAndNestedEvents();
        }
        return processes;
    }

    private static void ReadTypes(Parser parser, List<ProcessToml> processes)
    {
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var type = parser.Consume<Scalar>().Value;
            if (!parser.TryConsume<Scalar>(out var command))
                parser.SkipThisAndNestedEvents();
            else if (command.Value.Length > 0)
                processes.Add(new() { Type = type, Command = [command.Value] });
        }
    }
}
