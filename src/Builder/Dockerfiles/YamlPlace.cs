using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace NeetoDeploy.Builder.Dockerfiles;

/// <summary>Something in a YAML document that a person wrote, with the place to tell them when it is wrong.</summary>
/// <param name="Path">Its keys from the top, such as <c>build.docker.web</c>; empty at the top.</param>
/// <param name="Node">Null for a key without a value.</param>
internal sealed record YamlPlace(string Path, long Line, YamlNode? Node)
{
    private const int DeepestNesting = 16;

    /// <summary>The document's top. An empty document has no keys.</summary>
    /// <exception cref="FormatException">It is not YAML.</exception>
    public static YamlPlace Parse(string text)
    {
        try
        {
            CheckNesting(text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return new("", 1, stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode);
        }
        catch (YamlException e)
        {
            throw new FormatException($"line {e.Start.Line}: {e.InnerException?.Message ?? e.Message}", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The library's scanner gives up on some texts without saying where.
            throw new FormatException("it is not YAML", e);
        }
    }

    /// <summary>The entries of a mapping, in their order; none when it has no value.</summary>
    public IEnumerable<(string Key, YamlPlace Value)> Entries()
    {
        if (IsEmpty)
            yield break;
        if (Node is not YamlMappingNode map)
            throw Wrong("must be a mapping of keys to values");
        foreach (var (key, value) in map.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? throw Wrong("has a key that is not a word");
            yield return (name, new YamlPlace(Path.Length == 0 ? name : $"{Path}.{name}", key.Start.Line, value));
        }
    }

    /// <summary>The entries of a mapping that may have only these keys.</summary>
    public Dictionary<string, YamlPlace> Entries(params ReadOnlySpan<string> allowed)
    {
        var found = new Dictionary<string, YamlPlace>(StringComparer.Ordinal);
        foreach (var (key, value) in Entries())
        {
            if (!allowed.Contains(key))
                throw value.Wrong($"is not known; there may be {string.Join(", ", allowed!)}");
            found[key] = value;
        }
        return found;
    }

    /// <summary>The items of a list; none when it has no value.</summary>
    public IEnumerable<YamlPlace> Items()
    {
        if (IsEmpty)
            return [];
        return Node is YamlSequenceNode list
            ? list.Children.Select(item => new YamlPlace(Path, item.Start.Line, item))
            : throw Wrong("must be a list");
    }

    public bool IsList => Node is YamlSequenceNode;

    public bool IsMapping => Node is YamlMappingNode;

    public bool IsEmpty => Node is null or YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    /// <summary>Some text on which everything else depends.</summary>
    public string Text() =>
        !IsEmpty && Node is YamlScalarNode { Value: { Length: > 0 } text } && !text.Contains('\0')
            ? text
            : throw Wrong("must be some text");

    public FormatException Wrong(string reason) =>
        new(Path.Length == 0 ? $"line {Line}: the document {reason}" : $"line {Line}: {Path} {reason}");

    // The tree is built by recursion, and a document of brackets alone would be the end of this process.
    private static void CheckNesting(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > DeepestNesting)
                throw new FormatException($"line {parser.Current.Start.Line}: it is nested too deeply");
            if (parser.Current is AnchorAlias)
                throw new FormatException($"line {parser.Current.Start.Line}: aliases are not allowed");
        }
    }
}
