using System.Text.RegularExpressions;

namespace NeetoDeploy.Architecture.Tests;

/// <summary>Whoever knows a word finds its file.</summary>
public sealed partial class NamingTests
{
    /// <summary>Words that say nothing about what a thing is.</summary>
    private static readonly string[] Empty =
    [
        "Manager",
        "Helper",
        "Helpers",
        "Util",
        "Utils",
        "Common",
        "Base",
        "Info",
        "Data",
        "Processor",
    ];

    private static readonly string[] EmptyFolders =
    [
        "Helpers",
        "Utils",
        "Utilities",
        "Common",
        "Shared",
        "Misc",
        "Models",
        "Services",
        "Extensions",
        "Interfaces",
        "Classes",
        "Enums",
        "Dtos",
    ];

    public static TheoryData<string> Tops => ["src", "tests"];

    [Theory, MemberData(nameof(Tops))]
    public void A_file_is_named_after_a_type_in_it(string top)
    {
        var offenders =
            from file in Repository.Sources(top)
            let types = TypesOf(file)
            where types.Count > 0 && !types.Contains(file.Name.Split('.')[0])
            select $"{file.Path} holds {string.Join(", ", types)}";

        Offenders.None(offenders);
    }

    [Theory, MemberData(nameof(Tops))]
    public void A_namespace_is_its_folder(string top)
    {
        var offenders =
            from file in Repository.Sources(top)
            let match = Namespace().Match(file.Text)
            where match.Success
            let expected = "NeetoDeploy." + file.Folder[(top.Length + 1)..].Replace('/', '.')
            where match.Groups[1].Value != expected
            select $"{file.Path} is in {match.Groups[1].Value} instead of {expected}";

        Offenders.None(offenders);
    }

    [Theory, MemberData(nameof(Tops))]
    public void No_type_has_an_empty_word_for_a_name(string top)
    {
        var offenders =
            from file in Repository.Sources(top)
            from type in TypesOf(file)
            where Empty.Any(word => type.EndsWith(word, StringComparison.Ordinal))
            select $"{file.Path}: {type}";

        Offenders.None(offenders);
    }

    [Fact]
    public void Folders_are_nouns_of_the_product_and_not_kinds_of_code()
    {
        var offenders = Repository
            .Sources("src")
            .Select(file => file.Folder)
            .Distinct()
            .Where(folder => EmptyFolders.Contains(Path.GetFileName(folder)));

        Offenders.None(offenders);
    }

    private static HashSet<string> TypesOf(SourceFile file) =>
        [.. file.Lines.Select(line => Type().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)];

    /// <summary>Types at the left margin: namespaces are file-scoped.</summary>
    [GeneratedRegex(
        @"^(?:(?:public|internal|file|static|sealed|abstract|partial|readonly|ref|unsafe)\s+)*(?:class|record struct|record class|record|struct|interface|enum|delegate \S+)\s+(\w+)"
    )]
    private static partial Regex Type();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
