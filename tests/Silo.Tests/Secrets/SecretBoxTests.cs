using System.Security.Cryptography;
using NeetoDeploy.Silo.Secrets;

namespace NeetoDeploy.Silo.Tests.Secrets;

public sealed class SecretBoxTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    [Theory, InlineData(""), InlineData("postgres://user:pass@host/db"), InlineData("line\nbreak, ü, \U0001F600, \0")]
    public void What_was_sealed_opens_again(string secret)
    {
        var box = new SecretBox(Key);

        Assert.Equal(secret, box.Open(box.Seal(secret)));
    }

    [Fact]
    public void Many_threads_seal_and_open_at_once()
    {
        var box = new SecretBox(Key);

        Parallel.For(
            0,
            10_000,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => Assert.Equal($"secret {i}", box.Open(box.Seal($"secret {i}")))
        );
    }

    [Fact]
    public void Sealing_the_same_secret_twice_shows_no_likeness()
    {
        var box = new SecretBox(Key);

        Assert.NotEqual(box.Seal("secret"), box.Seal("secret"));
        Assert.DoesNotContain("secret", box.Seal("secret"), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_altered_character_is_noticed()
    {
        var box = new SecretBox(Key);
        var text = box.Seal("a secret of some length");

        for (var i = 0; i < text.Length; i++)
        {
            var altered = text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..];
            Assert.ThrowsAny<CryptographicException>(() => box.Open(altered));
        }
    }

    [Fact]
    public void Another_key_opens_nothing()
    {
        var box = new SecretBox(Key);
        var other = new SecretBox(RandomNumberGenerator.GetBytes(32));

        Assert.ThrowsAny<CryptographicException>(() => other.Open(box.Seal("secret")));
    }

    [Theory, InlineData(""), InlineData("plain"), InlineData("v1."), InlineData("v1.00000000.")]
    public void What_is_no_sealed_secret_throws(string text)
    {
        var box = new SecretBox(Key);

        Assert.ThrowsAny<CryptographicException>(() => box.Open(text));
    }

    [Fact]
    public void A_cut_secret_throws()
    {
        var box = new SecretBox(Key);
        var text = box.Seal("secret");

        Assert.All(Enumerable.Range(0, text.Length), length => Assert.ThrowsAny<CryptographicException>(() => box.Open(text[..length])));
    }

    [Theory, InlineData(0), InlineData(16), InlineData(33)]
    public void A_key_of_another_length_is_refused(int length) => Assert.Throws<ArgumentException>(() => new SecretBox(new byte[length]));
}
