using NeetoDeploy.Dashboard.Live;

namespace NeetoDeploy.Dashboard.Hosting;

/// <summary>Tells pages when the last connection to a silo has gone, and when there is one again.</summary>
internal sealed class GatewayObserver(ControlPlane controlPlane) : IClusterConnectionStatusObserver
{
    public void NotifyGatewayCountChanged(int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered) =>
        controlPlane.Report(away: currentNumberOfGateways == 0);

    public void NotifyClusterConnectionLost() => controlPlane.Report(away: true);
}
