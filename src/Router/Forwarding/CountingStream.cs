namespace NeetoDeploy.Router.Forwarding;

/// <summary>Counts the bytes of an answer whose length its head does not tell, or that may break off.</summary>
internal sealed class CountingStream(Stream target) : WriteOnlyStream(target)
{
    public long Written { get; private set; }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Written += buffer.Length;
        return Target.WriteAsync(buffer, cancellationToken);
    }
}
