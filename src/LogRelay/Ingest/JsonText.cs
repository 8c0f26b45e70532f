using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NeetoDeploy.LogRelay.Ingest;

/// <summary>Reads strings that apps wrote: bytes that are no UTF-8, and halves of characters, become U+FFFD. .NET's reader refuses both.</summary>
internal static class JsonText
{
    public static string Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return reader.ValueIsEscaped ? Unescape(reader.ValueSpan) : Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    /// <summary>The reader has seen to it that every escape is a whole one. A half of a character stays: a log makes it U+FFFD.</summary>
    private static string Unescape(ReadOnlySpan<byte> escaped)
    {
        var text = new StringBuilder(escaped.Length);
        while (escaped.IndexOf((byte)'\\') is >= 0 and var at)
        {
            text.Append(Encoding.UTF8.GetString(escaped[..at]));
            var code = escaped[at + 1];
            text.Append(code == 'u' ? (char)ushort.Parse(escaped.Slice(at + 2, 4), NumberStyles.HexNumber, null) : Plain(code));
            escaped = escaped[(at + (code == 'u' ? 6 : 2))..];
        }
        return text.Append(Encoding.UTF8.GetString(escaped)).ToString();
    }

    private static char Plain(byte code) =>
        (char)code switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'f' => '\f',
            var other => other,
        };
}
