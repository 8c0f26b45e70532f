using System.Text.RegularExpressions;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Docker.Stacks;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace NeetoDeploy.Silo.Stacks;

/// <summary>
/// The operator's stacks: a table for each in <c>stacks.toml</c> of the data folder. A file that cannot be used keeps nobody from starting: it gives no stack,
/// and the reason.
/// </summary>
/// <param name="Problem">What is wrong with the file, and in which line; null when nothing is.</param>
internal sealed partial record StackFile(IReadOnlyList<ConfiguredStack> Stacks, string? Problem)
{
    public const string Name = "stacks.toml";

    private static readonly string[] Bundled = [KnownStacks.Default, KnownStacks.Container];
    private static readonly string[] Keys = ["run", "build", "builder", "user"];

    /// <summary>No file is no stack.</summary>
    public static StackFile Read(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, Name);
        try
        {
            return new(File.Exists(path) ? Parse(File.ReadAllText(path)) : [], null);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return new([], $"{path} cannot be used, so that there is none of its stacks: {e.Message}");
        }
    }

    /// <exception cref="FormatException">It cannot be used; the message names the line.</exception>
    public static IReadOnlyList<ConfiguredStack> Parse(string text)
    {
        var document = ParseSyntax(text);
        if (document.KeyValues.FirstOrDefault() is { } stray)
            throw Wrong(stray, $"'{stray.Key?.ToString().Trim()}' belongs to no stack: begin one with a line such as [heroku-24]");
        var stacks = new Dictionary<string, ConfiguredStack>(StringComparer.Ordinal);
        foreach (var table in document.Tables)
        {
            var stack = ReadStack(table);
            if (!stacks.TryAdd(stack.Name, stack))
                throw Wrong(table, $"the stack {stack.Name} is there twice");
        }
        return [.. stacks.Values];
    }

    private static DocumentSyntax ParseSyntax(string text)
    {
        try
        {
            return SyntaxParser.ParseStrict(text, Name, validate: true);
        }
        catch (TomlException e)
        {
            throw new FormatException($"line {e.Line ?? 1}: {e.Diagnostics.FirstOrDefault()?.Message ?? e.Message}", e);
        }
    }

    private static ConfiguredStack ReadStack(TableSyntaxBase table)
    {
        var name = table.Name?.ToString().Trim() ?? "";
        if (table is not TableSyntax || !NamePattern().IsMatch(name))
            throw Wrong(table, $"'{name}' cannot name a stack: use a table [name] with lower-case letters, digits and hyphens");
        if (Bundled.Contains(name))
            throw Wrong(table, $"the stack {name} comes with the installation: give yours another name");
        var values = new Dictionary<string, KeyValueSyntax>(StringComparer.Ordinal);
        foreach (var item in table.Items)
        {
            var key = item.Key?.ToString().Trim() ?? "";
            if (!Keys.Contains(key))
                throw Wrong(item, $"'{key}' is not known; there may be {string.Join(", ", Keys)}");
            values[key] = item;
        }
        var (run, build, builder) = (ReadImage(values, "run"), ReadImage(values, "build"), ReadImage(values, "builder"));
        if (build is null == builder is null || (run is null && builder is null))
            throw Wrong(table, "a stack needs the names of two images, run and build, or that of a builder");
        return new(name, run, build ?? builder!, ReadUser(values), IsBuilder: builder is not null);
    }

    private static string? ReadImage(Dictionary<string, KeyValueSyntax> values, string key)
    {
        if (!values.TryGetValue(key, out var item))
            return null;
        return item.Value is StringValueSyntax { Value: { } image } && ImagePattern().IsMatch(image)
            ? image
            : throw Wrong(item, $"'{key}' must be the name of an image, such as \"heroku/heroku:24\"");
    }

    private static int? ReadUser(Dictionary<string, KeyValueSyntax> values) =>
        !values.TryGetValue("user", out var item) ? null
        : item.Value is IntegerValueSyntax { Value: > 0 and < int.MaxValue and var user } ? (int)user
        : throw Wrong(item, "'user' must be the number of an unprivileged user, such as 1000");

    private static FormatException Wrong(SyntaxNode place, string what) => new($"line {place.Span.Start.Line + 1}: {what}");

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,29}[a-z0-9])?\z")]
    private static partial Regex NamePattern();

    /// <summary>As engines read it: host, path, tag and digest. A hyphen in front would be an option to some program.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:/@-]{0,254}\z")]
    private static partial Regex ImagePattern();
}
