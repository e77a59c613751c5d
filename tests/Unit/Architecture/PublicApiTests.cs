using PublicApiGenerator;

namespace Bastion.Unit.Architecture;

public class PublicApiTests
{
    [Fact]
    public void The_engines_public_api_is_the_one_in_the_repository() => Approved.Check(
        "src/Bastion.Engine/PublicApi.txt",
        typeof(Engine).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }) + "\n");
}
