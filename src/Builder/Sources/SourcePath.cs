using System.Text;

namespace NeetoDeploy.Builder.Sources;

/// <summary>Paths as archives spell them.</summary>
internal static class SourcePath
{
    /// <summary>The path without empty and <c>.</c> steps; empty for the top. Refuses what leads out.</summary>
    public static string Parse(string name)
    {
        var steps = name.Split('/').Where(s => s is not ("" or ".")).ToArray();
        if (name.StartsWith('/') || steps.Contains("..") || name.Contains('\0'))
            throw new SourceException($"the source holds {Show(name)}, which would be outside of the app");
        return string.Join('/', steps);
    }

    /// <summary>For a message of one line that no terminal takes for a command.</summary>
    public static string Show(string name)
    {
        var shown = new StringBuilder();
        foreach (var c in name.AsSpan(0, Math.Min(name.Length, 200)))
            shown.Append(char.IsControl(c) ? '?' : c);
        return shown.ToString();
    }
}
