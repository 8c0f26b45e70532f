using System.Collections.Immutable;
using System.Globalization;

namespace NeetoDeploy.Core.Apps;

/// <summary>Names for apps that their owners did not name: <c>quiet-harbor-04711</c>.</summary>
public static class MadeUpNames
{
    // A word a line would be a page.
    // csharpier-ignore
    private static readonly ImmutableArray<string> Adjectives =
    [
        "ancient", "autumn", "blooming", "bold", "calm", "cold", "cool", "damp", "dawn", "desolate", "evening", "fierce", "floating",
        "fragrant", "frosty", "glacial", "golden", "gentle", "hidden", "hollow", "icy", "infinite", "lively", "lonely", "mighty",
        "misty", "morning", "mysterious", "peaceful", "polar", "quiet", "radiant", "rocky", "rugged", "safe", "salty", "serene",
        "shielded", "shrouded", "silent", "snowy", "solitary", "sparkling", "still", "stormy", "sturdy", "summer", "tranquil", "warm",
        "whispering", "wild", "winter",
    ];

    // csharpier-ignore
    private static readonly ImmutableArray<string> Nouns =
    [
        "bastion", "basin", "bayou", "beach", "brook", "brushlands", "cliffs", "cove", "crag", "depths", "dusk", "earth", "eyrie",
        "falls", "fjord", "forest", "fortress", "garden", "gorge", "harbor", "headland", "hollows", "island", "journey", "lake",
        "meadow", "mesa", "mountain", "oasis", "ocean", "peak", "plains", "plateau", "ravine", "reef", "ridge", "river", "sands",
        "savannah", "scrubland", "sea", "shelf", "shore", "spire", "springs", "stream", "temple", "thicket", "tundra", "valley",
        "waters", "woodland",
    ];

    /// <param name="entropy">A random number; the same one gives the same name.</param>
    public static AppName From(ulong entropy)
    {
        var (rest, adjective) = Math.DivRem(entropy, (ulong)Adjectives.Length);
        (rest, var noun) = Math.DivRem(rest, (ulong)Nouns.Length);
        return AppName.Parse(
            string.Create(CultureInfo.InvariantCulture, $"{Adjectives[(int)adjective]}-{Nouns[(int)noun]}-{rest % 100_000:D5}")
        );
    }
}
