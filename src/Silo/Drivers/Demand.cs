namespace NeetoDeploy.Silo.Drivers;

/// <summary>Whether apps are asked much: ten requests in a second, all apps together, and for ten seconds after.</summary>
/// <param name="requests">How many there have been before the first look.</param>
internal sealed class Demand(long requests)
{
    private const int Much = 10;

    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(10);

    private long seen = requests;
    private DateTimeOffset until = DateTimeOffset.MinValue;

    /// <summary>To be asked once a second.</summary>
    /// <param name="requests">How many there have been up to now.</param>
    public bool IsMuch(long requests, DateTimeOffset now)
    {
        if (requests - seen >= Much)
            until = now + Hold;
        seen = requests;
        return now < until;
    }
}
