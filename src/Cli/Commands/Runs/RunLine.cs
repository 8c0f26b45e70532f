namespace NeetoDeploy.Cli.Commands.Runs;

/// <summary>In <c>run -a shop node --version</c> everything from the first word that is no option of ours belongs to the command that is run.</summary>
internal static class RunLine
{
    private static readonly string[] OptionsWithValues = ["-a", "--app", "--size"];

    /// <summary>The same command line with the <c>--</c> that says so.</summary>
    public static string[] Separate(string[] line)
    {
        if (line is not ["run", ..])
            return line;
        for (var i = 1; i < line.Length && line[i] != "--"; i++)
        {
            if (OptionsWithValues.Contains(line[i]))
                i++;
            else if (!line[i].StartsWith('-'))
                return [.. line[..i], "--", .. line[i..]];
        }
        return line;
    }
}
