namespace Bastion.Unit.Sandbox;

/// <summary>A request as an official SDK sent it to a recorder, with throwaway keys.</summary>
public sealed record CapturedRequest(string Action, string Version, bool Temporary, int Second, string Target, string Nonce, string Signature)
{
    /// <inheritdoc />
    public override string ToString() => $"{Action} {Target}";
}

/// <summary>One captured request or more for every operation.</summary>
public static class CapturedRequests
{
    /// <summary>For theories.</summary>
    public static TheoryData<CapturedRequest> All =>
    [
        new("GetCallerIdentity", "2015-04-01", false, 31, "/",
            "438db0229c6cb15b6f5f0b9ce2ecfc8b5f22b2d0f419e625eb93d8ba83c70112", "ab39457fd3f260d62f3fc44e4e304d676dba71c7fcc98b5efa47e841af3e157e"),
        new("AssumeRole", "2015-04-01", false, 31, "/?DurationSeconds=900&RoleArn=acs%3Aram%3A%3A1234567890123456%3Arole%2FResourceDirectoryAccountAccessRole&RoleSessionName=bastion%40host-1",
            "e28a8773bcf08db39222ebdc8fba473920b8431fc8f0b1d7f3836147f16f2748", "635e6b119c21863e7aa474ce55aefcab530b3f839ff8acad72a05805a311346c"),
        new("GetResourceDirectory", "2020-03-31", false, 31, "/",
            "2f291a62b8f050a7a24308e011509af6562aad284a7e3b8357b6fcfa9b99a8bc", "c10511bd0e85e0b80631ea002c787c8109d92f43409d0058775bea483b8093fc"),
        new("ListAccounts", "2020-03-31", false, 31, "/?PageNumber=1&PageSize=100",
            "9961123e9d52b7c711a6ae7e3bdb5e0cd4c864a0edffe59c279b7b2d23e44d64", "e75c856be9d49c4281b9d84680ed4ac118f3c852737cb31e0c6a211e091a55fb"),
        new("ListAccounts", "2020-03-31", false, 31, "/?IncludeTags=true&PageNumber=2&PageSize=10&Tag.1.Key=env&Tag.1.Value=prod",
            "1f7684d956442886cd0e302401c64dcba388268f3c2dee7f76ee9a0124d6f106", "692c7b30c4f7804cecc80dcdd55dfb022f7b8bc20bf38df8a1ed08cf573303b3"),
        new("GetAccount", "2020-03-31", false, 31, "/?AccountId=1234567890123456&IncludeTags=true",
            "bb0c7f5b1c485bc55d4cb20d13b9f1931cfab05968c4155f81efb85e30547e76", "ef5f0123b3418ff9a282405408d5a8d73b6847237673033e5be755c90c33cbcb"),
        new("DescribeRegions", "2014-05-26", false, 31, "/?AcceptLanguage=en-US",
            "9e6620e92dd5112816044bf950c777f60d86af0a9673fc07b5b74de583834872", "7fde1293c9ee7e18dad52ecd29a07161195b5cd4dde6882368a5e7b00cc65abc"),
        new("DescribeInstances", "2014-05-26", false, 32, "/?MaxResults=100&RegionId=cn-hangzhou",
            "92157cfb70153f11b3361d9e9f134ed33ddbaee21f0e83ebe6a3fe5671b00d2c", "d973a96bc64aa4255b93c3b5cda5fe0460ca5f4618a55d61a52a13244da64c73"),
        new("DescribeInstances", "2014-05-26", true, 32, "/?MaxResults=100&NextToken=caeba0bbb2be03f84eb48b699f0a4883&RegionId=cn-hangzhou",
            "25e13915e152c383e08b1fed831be3d1548aaeb6932dd9230cf1b9a74e338cab", "fe834a574ad60e97b99c21d7ab8e21d8c28554088ce97b7e6e477f7576e5339f"),
        new("DescribeInstances", "2014-05-26", true, 32, "/?PageNumber=2&PageSize=50&RegionId=cn-hangzhou",
            "81d8bbc876cf299b66cf96568dcbd588fd07c9a6564a1a144db6398f77d3ed9a", "3bb5152d70c1afdcfa8b4de55d872e2e4292843c40356c8cabf02ad36d1e1b57"),
        new("DescribeRegions", "2014-08-15", true, 32, "/",
            "e55ad1542441789dcf23493688f330097820d7efbc4dbb18312f5688d33ab133", "1f0bdd0c3b341740d3b9c0148f46c3c631afbd775074473ff0c36d37d6755689"),
        new("DescribeDBInstances", "2014-08-15", true, 32, "/?PageNumber=1&PageSize=100&RegionId=cn-hangzhou",
            "abaeece8cea8eff881fff543c639fa7d44c32965127ba83243dad8c4b693898a", "14aee28cdac68bcd8a990ba766fcc1feeae68014da447c87bf60ce97c01f9a22"),
        new("DescribeDBInstances", "2014-08-15", true, 32, "/?MaxResults=100&NextToken=o7PORW5o2TJg%3D%3D&RegionId=cn-hangzhou",
            "45e2b64c6c4df87bd863214dfdc483268e6263b84034e1fed52bb52eab85ee91", "38e9d5ebf6dc494ddf15bdfee9768e71d4abcac50cbf58fe39312121befd0012"),
        new("DescribeDBInstances", "2014-08-15", false, 32, "/?Engine=MySQL&InstanceLevel=1&RegionId=cn-hangzhou&Tags=%7B%22env%22%3A%22prod%22%7D",
            "18190f679c1dfd539addf6ecdd2d9435b4099cceeea7086c4dd698daa5dd554e", "cd1e9a04a1cb837e2be105880878e1a64c822c01328871c127d59ea53b22a2b8"),
        new("DescribeDBInstanceNetInfo", "2014-08-15", true, 32, "/?DBInstanceId=rm-abc123",
            "d499dd8d2818846b7ef5a4c90d0c2c6a21a29f8b7e379307ede753d8a946a04d", "33bfc367a5b9f46c31d75f76e3f99bef8658f16f6a4e8cefe7a77299d8a9c053"),
        new("DescribeDBInstanceAttribute", "2014-08-15", true, 32, "/?DBInstanceId=rm-abc123",
            "f33dbe11184b4928480bc6765573dd63023b36c3fcf9d2e90970ada32ab52559", "02923b5c3db26c1544778b4eed23f3af806556a4bac8df8e7499724b99b331e9"),
    ];
}
