using Gateway.Risk.Secrets;

namespace Gateway.Tests.Risk.Secrets;

public sealed class VendorShapes_Tests
{
    [Fact]
    public void At_least_150_vendors_publish_a_shape_that_is_known_here()
    {
        var names = SecretDetector.Vendors.Select(rule => rule.Profile.Name).ToList();

        Assert.InRange(names.Distinct().Count(), 150, 1_000);
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public void Each_shape_comes_with_what_it_finds_and_what_it_spares() =>
        Assert.All(SecretDetector.Vendors, rule => Assert.True(rule.Profile.Finds.Count > 0 && rule.Profile.Spares.Count > 0, rule.Profile.Name));
}
