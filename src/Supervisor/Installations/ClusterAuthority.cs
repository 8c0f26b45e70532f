namespace NeetoDeploy.Supervisor.Installations;

/// <summary>
/// The authority of the cluster: who shows a certificate of it is a silo, or a host that may ask grains on anybody's behalf. It is another one than git's, because
/// that one's certificate is given to people.
/// </summary>
public sealed class ClusterAuthority(DataFolder data, TimeProvider time)
{
    /// <summary>Makes the authority once, and the certificates of silo and clients whenever they are missing or near their end.</summary>
    public void Issue()
    {
        var authority = new CertificateAuthority(data.ClusterFile("ca.pem"), data.ClusterFile("ca.key"), "NeetoDeploy cluster", time);
        authority.Ensure();
        // Silos connect to each other, too.
        Issue(authority, "silo", CertificatePurposes.Server, CertificatePurposes.Client);
        Issue(authority, "client", CertificatePurposes.Client);
    }

    private void Issue(CertificateAuthority authority, string member, params ReadOnlySpan<string> purposes)
    {
        var (file, key) = (data.ClusterFile($"{member}.pem"), data.ClusterFile($"{member}.key"));
        if (!authority.IsServing(file, key, _ => true))
            authority.Issue(file, key, member, names: null, purposes);
    }
}
