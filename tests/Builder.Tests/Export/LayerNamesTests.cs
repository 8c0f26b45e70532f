using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Images;

namespace NeetoDeploy.Builder.Tests.Export;

public sealed class LayerNamesTests
{
    private const string Digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("Application Layer", "app")]
    [InlineData("Layer: 'node', Created by buildpack: heroku/nodejs@1.2.3", "heroku/nodejs:node")]
    [InlineData("/bin/sh -c npm ci", "RUN npm ci")]
    [InlineData("|2 TOKEN=secret WORDS=a /bin/sh -c b /bin/sh -c npm ci", "RUN npm ci")]
    [InlineData("RUN /bin/sh -c npm ci # buildkit", "RUN npm ci")]
    [InlineData("RUN |1 TOKEN=secret /bin/sh -c npm ci # buildkit", "RUN npm ci")]
    [InlineData($"/bin/sh -c #(nop) COPY dir:{Digest} in /app ", "COPY /app")]
    [InlineData($"/bin/sh -c #(nop) ADD file:{Digest} in / ", "ADD /")]
    [InlineData("COPY . . # buildkit", "COPY . .")]
    [InlineData("./mkimage.sh", "./mkimage.sh")]
    public void A_layer_is_named_by_its_line_of_the_history(string createdBy, string name) => Assert.Equal(name, LayerNames.Of(createdBy));

    [Fact]
    public void A_line_that_names_nothing_is_a_number()
    {
        var config = JsonNode.Parse("""{"history":[{"created_by":"2147483647"},{}],"rootfs":{"diff_ids":["a","b"]}}""")!.AsObject();

        Assert.Equal(["layer 1", "layer 2"], LayerNames.Of(config, 2));
    }
}
