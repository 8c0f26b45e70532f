using System.Buffers;
using System.Text;

namespace NeetoDeploy.Router.Logs;

/// <summary>
/// Writes a line in Heroku's form. What came from the client is percent-encoded where it could end a value, begin another or start a line of
/// its own, so that nobody writes a neighbour's line.
/// </summary>
internal static class RouterLineText
{
    // Everything printable but the quote and the backslash; a space only where the value is quoted, which the request line sees to.
    private static readonly SearchValues<char> Harmless = SearchValues.Create(
        "!#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~ "
    );

    public static void Write(IBufferWriter<byte> output, RouterLine line)
    {
        output.Write(line.Error is { IsError: true } ? "at=error"u8 : "at=info"u8);
        if (line.Error is { } error)
        {
            Raw(output, " code="u8, error.Code);
            Raw(output, " desc=\""u8, error.Description);
            output.Write("\""u8);
        }

        Escaped(output, " method="u8, line.Method);
        Escaped(output, " path=\""u8, line.Target);
        Escaped(output, "\" host="u8, line.Host);
        Escaped(output, " request_id="u8, line.RequestId);
        Escaped(output, " fwd=\""u8, line.ForwardedFor);
        Raw(output, "\" dyno="u8, line.Dyno ?? "");
        Milliseconds(output, " connect="u8, line.Connect);
        Milliseconds(output, " service="u8, line.Service);
        Number(output, " status="u8, line.Status);
        Number(output, " bytes="u8, line.Bytes);
        Raw(output, " protocol="u8, line.Protocol);
    }

    private static void Raw(IBufferWriter<byte> output, ReadOnlySpan<byte> name, string text)
    {
        output.Write(name);
        output.Advance(Encoding.ASCII.GetBytes(text, output.GetSpan(text.Length)));
    }

    private static void Escaped(IBufferWriter<byte> output, ReadOnlySpan<byte> name, string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Harmless))
        {
            Raw(output, name, text);
            return;
        }

        output.Write(name);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && Harmless.Contains((char)rune.Value))
            {
                output.Write([(byte)rune.Value]);
                continue;
            }

            foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
                output.Write([(byte)'%', Hex(value >> 4), Hex(value & 15)]);
        }
    }

    private static byte Hex(int digit) => "0123456789ABCDEF"u8[digit];

    private static void Milliseconds(IBufferWriter<byte> output, ReadOnlySpan<byte> name, TimeSpan? time)
    {
        Number(output, name, time is { } known ? (long)known.TotalMilliseconds : null);
        if (time is not null)
            output.Write("ms"u8);
    }

    private static void Number(IBufferWriter<byte> output, ReadOnlySpan<byte> name, long? number)
    {
        output.Write(name);
        if (number is not { } value)
            return;
        value.TryFormat(output.GetSpan(20), out var written);
        output.Advance(written);
    }
}
