using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Core.Tests.Builds;

public sealed class BillOfMaterialsTests
{
    [Theory]
    [InlineData("neeto_nodejs/node/sbom.cdx.json", "neeto_nodejs/node", "cyclonedx", "application/vnd.cyclonedx+json")]
    [InlineData("neeto_go/sbom.spdx.json", "neeto_go", "spdx", "application/spdx+json")]
    [InlineData("a/.hidden/sbom.syft.json", "a/.hidden", "syft", "application/vnd.syft+json")]
    public void Its_name_says_what_it_is_about_and_its_format(string name, string subject, string format, string mediaType)
    {
        var sbom = new BillOfMaterials(name, 2);
        Assert.True(BillOfMaterials.IsName(name));
        Assert.Equal((subject, format, mediaType), (sbom.Subject, sbom.Format, sbom.MediaType));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sbom.cdx.json")]
    [InlineData("/sbom.cdx.json")]
    [InlineData("../sbom.cdx.json")]
    [InlineData("a/../sbom.cdx.json")]
    [InlineData("a/b/c/sbom.cdx.json")]
    [InlineData("a/b/bill.cdx.json")]
    [InlineData("a/b/sbom.exe.json")]
    [InlineData("a/b/sbom.cdx.json\n")]
    public void Other_paths_are_no_names(string path) => Assert.False(BillOfMaterials.IsName(path));
}
