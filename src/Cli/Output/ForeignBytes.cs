using System.Text;

namespace NeetoDeploy.Cli.Output;

/// <summary>Text that an app wrote, arriving in pieces: a character or a colour may be cut in two between them.</summary>
internal sealed class ForeignBytes(bool keepColours)
{
    /// <summary>No colour sequence is longer; what is, is not one.</summary>
    private const int LongestColour = 32;

    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private string held = "";

    /// <summary>What may be shown now.</summary>
    public string Take(ReadOnlySpan<byte> bytes)
    {
        var text = held + Decode(bytes, flush: false);
        var escape = text.LastIndexOf('\e');
        var isCut = escape >= 0 && text.Length - escape < LongestColour && text.AsSpan(escape + 1).IndexOfAnyExcept("[;0123456789") < 0;
        held = isCut ? text[escape..] : "";
        return ForeignText.Clean(isCut ? text[..escape] : text, keepColours);
    }

    /// <summary>What is left when nothing more comes.</summary>
    public string Drain() => ForeignText.Clean(held + Decode([], flush: true), keepColours);

    private string Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        var characters = new char[decoder.GetCharCount(bytes, flush)];
        decoder.GetChars(bytes, characters, flush);
        return new string(characters);
    }
}
