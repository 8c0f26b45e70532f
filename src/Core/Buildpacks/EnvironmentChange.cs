namespace NeetoDeploy.Core.Buildpacks;

/// <summary>What a file in an <c>env</c> folder of a layer does to its variable (buildpack specification, "Environment Variable Modification Rules").</summary>
public enum EnvironmentAction
{
    Override,

    /// <summary>Sets the variable only when it is unset or empty.</summary>
    Default,

    Append,
    Prepend,

    /// <summary>Says what goes between the old and the added value.</summary>
    Delimiter,
}

/// <summary>One file of an <c>env</c> folder: the variable, what to do with it, and the file's bytes as they are.</summary>
public sealed record EnvironmentChange(string Variable, EnvironmentAction Action, string Value)
{
    /// <summary>
    /// Reads a file's name, such as <c>PATH.prepend</c>. A name without a suffix does what <paramref name="bare"/> says. Null for a suffix that
    /// the specification does not know: it is ignored.
    /// </summary>
    public static EnvironmentChange? FromFile(string name, string content, EnvironmentAction bare = EnvironmentAction.Override)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
            return new(name, bare, content);
        EnvironmentAction? action = name[(dot + 1)..] switch
        {
            "override" => EnvironmentAction.Override,
            "default" => EnvironmentAction.Default,
            "append" => EnvironmentAction.Append,
            "prepend" => EnvironmentAction.Prepend,
            "delim" => EnvironmentAction.Delimiter,
            _ => null,
        };
        return action is { } known && dot > 0 ? new(name[..dot], known, content) : null;
    }
}
