using System.Security.Cryptography;

namespace NeetoDeploy.Grains.Accounts;

/// <summary>Sign-ins that have shown the right password and wait for a code. Nothing is stored: after a restart, the password is asked for again.</summary>
internal sealed class PendingSignIns
{
    /// <summary>Whoever has the password may begin many; the oldest make room.</summary>
    private const int Most = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly List<(string Challenge, string Device, DateTimeOffset Until)> waiting = [];

    /// <summary>Answers the secret that the second step must show.</summary>
    public string Add(string device, DateTimeOffset now)
    {
        waiting.RemoveAll(one => one.Until <= now);
        if (waiting.Count == Most)
            waiting.RemoveAt(0);
        var challenge = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        waiting.Add((challenge, device, now + Patience));
        return challenge;
    }

    /// <summary>The device that waits; null when none does, or has for too long.</summary>
    public string? FindDevice(string challenge, DateTimeOffset now) =>
        waiting.Find(one => one.Challenge == challenge && one.Until > now).Device;

    public void Remove(string challenge) => waiting.RemoveAll(one => one.Challenge == challenge);

    public void Clear() => waiting.Clear();
}
