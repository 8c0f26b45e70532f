using System.Collections.Immutable;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Grains.Apps;

/// <summary>The host names that lead to the app.</summary>
public sealed partial class AppGrain
{
    public Task<ImmutableArray<DomainView>> ListDomainsAsync() =>
        Task.FromResult<ImmutableArray<DomainView>>(IsAlive ? [DefaultDomain(), .. state.Value.Domains.Select(View)] : []);

    public async Task<Result<DomainView>> AddDomainAsync(string host)
    {
        if (!IsAlive)
            return NotFound;
        var parsed = DomainRules.Parse(host, options.AppsDomain);
        if (!parsed.IsOk)
            return parsed.Error;
        var name = parsed.Value;
        if (state.Value.Domains.Any(d => d.Host == name))
            return new Error(ErrorCodes.DomainTaken, $"{name} is already added to this app.");
        claiming = name.ToString();
        try
        {
            if (!await GrainFactory.Domain(name).ClaimAsync(id))
                return new Error(ErrorCodes.DomainTaken, $"{name} is currently in use by another app.");
            var added = new StoredDomain(Guid.NewGuid(), name, Now);
            await ChangeRouteAsync(s => s with { Domains = s.Domains.Add(added), OldDomains = s.OldDomains.Remove(name) });
            return View(added);
        }
        finally
        {
            claiming = null;
        }
    }

    public async Task<Result<DomainView>> RemoveDomainAsync(string host)
    {
        if (!IsAlive)
            return NotFound;
        var wanted = host.ToLowerInvariant();
        if (state.Value.Domains.FirstOrDefault(d => d.Host.ToString() == wanted || d.Id.ToString() == wanted) is not { } removed)
            return new Error(ErrorCodes.DomainNotFound, $"{host} is not a custom domain of this app.");
        await ChangeRouteAsync(s => s with { Domains = s.Domains.Remove(removed), OldDomains = s.OldDomains.Add(removed.Host) });
        return View(removed);
    }

    private DomainView DefaultDomain()
    {
        var s = state.Value;
        return new DomainView(id.Value, DomainRules.DefaultHost(s.Name, options.AppsDomain), true, s.CreatedAt, s.CreatedAt);
    }

    private static DomainView View(StoredDomain d) => new(d.Id, d.Host.ToString(), false, d.CreatedAt, d.CreatedAt);
}
