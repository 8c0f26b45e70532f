using System.Text;
using NeetoDeploy.LogRelay.Ingest;

namespace NeetoDeploy.LogRelay.Tests.Ingest;

public sealed class RecordReadingTests
{
    [Theory]
    [InlineData("2026-11-23T06:10:53.125944123Z", 1795414253125944123)]
    [InlineData("2026-11-23T06:10:53.9999999999Z", 1795414253999999999)]
    [InlineData("2026-11-23T08:10:53.5+02:00", 1795414253500000000)]
    [InlineData("2026-11-23T06:10:53Z", 1795414253000000000)]
    [InlineData("yesterday", null)]
    public void Times_are_read_to_the_nanosecond(string text, long? nanoseconds) => Assert.Equal(nanoseconds, RecordTime.Parse(text));

    [Theory]
    [InlineData("""[{"log":"x","ts":1795414253125}]""", 1795414253125000000)]
    [InlineData("""[{"log":"x","date":1795414253.125}]""", 1795414253125000000)]
    [InlineData("""[{"log":"x","date":"2026-11-23T06:10:53.125Z"}]""", 1795414253125000000)]
    [InlineData("""[{"log":"x","date":1e999}]""", null)]
    [InlineData("""[{"log":"x"}]""", null)]
    public void Without_a_time_of_its_own_a_record_has_that_of_the_collector(string json, long? nanoseconds) =>
        Assert.Equal(nanoseconds, Assert.Single(Json(json).Records).Nanoseconds);

    [Fact]
    public void What_is_no_text_is_made_text()
    {
        byte[] invalid = [.. """[{"log":"a"""u8, 0xff, .. "b\"},{\"log\":\"\\ud83d\\n"u8, 0xfe, .. "\"}]"u8];

        Assert.Equal(["a\ufffdb", "\ud83d\n\ufffd"], Json(invalid).Records.Select(record => record.Text));
    }

    [Fact]
    public void Deep_values_of_an_app_cost_no_other_record()
    {
        var deep = new string('[', 100_000) + new string(']', 100_000);
        byte[] packed = [0x81, 0xa1, (byte)'x', .. Enumerable.Repeat((byte)0x91, 100_000), 0xc0, 0x81, 0xa3, .. "log"u8, 0xa1, (byte)'y'];
        var read = new ReadRecords();

        MessagePackRecords.Read(packed, read);

        Assert.Equal(["y"], read.Records.Select(record => record.Text));
        Assert.Equal(["x", "y"], Json($$"""[{"log":"x","json":{{deep}}},{"log":"y"}]""").Records.Select(record => record.Text));
    }

    [Fact]
    public void Bytes_that_are_no_MessagePack_end_the_reading()
    {
        var random = new Random(4);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = new byte[random.Next(1, 60)];
            random.NextBytes(bytes);
            var read = new ReadRecords();

            MessagePackRecords.Read(bytes, read);

            Assert.NotEqual(0, read.Malformed + read.Records.Count);
        }
    }

    [Fact]
    public void Events_with_and_without_metadata_are_read()
    {
        byte[] old = [0x92, 0xd7, 0x00, 0x6b, 0x03, 0x8b, 0x2d, 0, 0, 0, 9, 0x81, 0xa3, .. "log"u8, 0xc4, 1, (byte)'x'];
        byte[] seconds = [0x92, 0x92, 0xce, 0x6b, 0x03, 0x8b, 0x2d, 0x80, 0x81, 0xa3, .. "log"u8, 0xa1, (byte)'y'];
        var read = new ReadRecords();

        MessagePackRecords.Read((byte[])[.. old, .. seconds], read);

        Assert.Equal(["x", "y"], read.Records.Select(record => record.Text));
        Assert.Equal(
            [0x6b038b2dL * 1_000_000_000 + 9, 0x6b038b2dL * 1_000_000_000],
            read.Records.Select(record => record.Nanoseconds!.Value)
        );
    }

    private static ReadRecords Json(string json) => Json(Encoding.UTF8.GetBytes(json));

    private static ReadRecords Json(byte[] json)
    {
        var read = new ReadRecords();
        JsonRecords.Read(json, read);
        return read;
    }
}
