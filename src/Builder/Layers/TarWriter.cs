using System.Buffers.Binary;
using System.Text;
using NeetoDeploy.Builder.Posix;

namespace NeetoDeploy.Builder.Layers;

/// <summary>
/// Writes GNU tar (<see href="https://www.gnu.org/software/tar/manual/html_node/Standard.html"/>) so that the same entries always give the
/// same bytes: one time stamp, no names of owners, no extended headers. The framework's writer puts its process id into those.
/// </summary>
internal sealed class TarWriter(Stream output)
{
    private const int Block = 512;
    private const int LongestName = 100;

    /// <summary>1980-01-01T00:00:01Z, the time that the buildpacks specification gives to every file.</summary>
    private const long Modified = 315_532_801;

    /// <summary>What <see cref="Finish"/> writes.</summary>
    public const int EndLength = 2 * Block;

    private readonly byte[] header = new byte[Block];
    private readonly byte[] buffer = new byte[64 * 1024];

    public void Write(LayerEntry entry, Stream? content)
    {
        WriteHead(entry);
        if (entry.Kind is FileKind.Regular)
            WriteContent(entry, content ?? Stream.Null);
    }

    /// <summary>The same with content that comes from afar: <paramref name="written"/> is awaited after each piece of it.</summary>
    public async Task WriteAsync(LayerEntry entry, Stream content, Func<Task> written, CancellationToken cancel)
    {
        WriteHead(entry);
        for (var left = entry.Kind is FileKind.Regular ? entry.Size : 0; left > 0; )
        {
            var read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancel);
            if (read == 0)
                throw new EndOfStreamException($"{entry.Name} ends too early");
            output.Write(buffer, 0, read);
            left -= read;
            await written();
        }
        Pad(entry.Size);
        await written();
    }

    /// <summary>The bytes that an entry takes.</summary>
    public static long LengthOf(LayerEntry entry)
    {
        var (name, target) = (Encoding.UTF8.GetByteCount(NameOf(entry)), Encoding.UTF8.GetByteCount(entry.LinkTarget ?? ""));
        return (name > LongestName ? Block + Padded(name + 1) : 0)
            + (target > LongestName ? Block + Padded(target + 1) : 0)
            + Block
            + (entry.Kind is FileKind.Regular ? Padded(entry.Size) : 0);
    }

    private static string NameOf(LayerEntry entry) => entry.Kind is FileKind.Directory ? entry.Name + "/" : entry.Name;

    private static long Padded(long size) => (size + Block - 1) / Block * Block;

    private void WriteHead(LayerEntry entry)
    {
        var name = Encoding.UTF8.GetBytes(NameOf(entry));
        var target = Encoding.UTF8.GetBytes(entry.LinkTarget ?? "");
        if (name.Length > LongestName)
            WriteLong('L', name);
        if (target.Length > LongestName)
            WriteLong('K', target);
        var type = entry.Kind switch
        {
            FileKind.Directory => '5',
            FileKind.Link => '2',
            _ => '0',
        };
        WriteHeader(name, type, entry.Mode, entry.Owner, entry.Size, target);
    }

    /// <summary>Two empty blocks end an archive.</summary>
    public void Finish()
    {
        Array.Clear(header);
        output.Write(header);
        output.Write(header);
    }

    private void WriteContent(LayerEntry entry, Stream content)
    {
        var left = entry.Size;
        while (left > 0)
        {
            var read = content.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (read == 0)
                throw new IOException($"{entry.Name} became shorter while it was read");
            output.Write(buffer, 0, read);
            left -= read;
        }
        Pad(entry.Size);
    }

    private void WriteLong(char type, byte[] text)
    {
        WriteHeader("././@LongLink"u8, type, 0, 0, text.Length + 1, []);
        output.Write(text);
        output.WriteByte(0);
        Pad(text.Length + 1);
    }

    private void WriteHeader(ReadOnlySpan<byte> name, char type, int mode, int owner, long size, ReadOnlySpan<byte> target)
    {
        Array.Clear(header);
        name[..Math.Min(name.Length, LongestName)].CopyTo(header);
        Octal(100, 8, mode);
        Octal(108, 8, owner);
        Octal(116, 8, owner);
        Size(size);
        Octal(136, 12, Modified);
        header[156] = (byte)type;
        target[..Math.Min(target.Length, LongestName)].CopyTo(header.AsSpan(157));
        "ustar  \0"u8.CopyTo(header.AsSpan(257));
        header.AsSpan(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var b in header)
            sum += b;
        Octal(148, 7, sum);
        output.Write(header);
    }

    private void Size(long size)
    {
        // Eleven octal digits hold 8 GiB; beyond, the first bit says that the rest is binary.
        if (size < 1L << 33)
        {
            Octal(124, 12, size);
            return;
        }
        header[124] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(128), size);
    }

    private void Octal(int offset, int width, long value)
    {
        var digits = Convert.ToString(value, 8).PadLeft(width - 1, '0');
        Encoding.ASCII.GetBytes(digits.AsSpan(), header.AsSpan(offset));
        header[offset + width - 1] = 0;
    }

    private void Pad(long size)
    {
        if (size % Block is not 0 and var rest)
            output.Write(new byte[Block - rest]);
    }
}
