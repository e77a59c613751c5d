namespace Bastion.Sandbox.Cloud.Rds;

/// <summary>ApsaraDB RDS, 2014-08-15: one instance and how to reach it.</summary>
internal static class DatabaseDetailOperations
{
    public static IEnumerable<Operation> All() =>
    [
        new("Rds", "2014-08-15", "DescribeDBInstanceNetInfo", call =>
        {
            Database database = Find(call);
            return call.Parameters.Text("DBInstanceNetRWSplitType") switch
            {
                null or "Normal" => DatabaseView.Net(database, call.RequestId),
                "ReadWriteSplitting" => DatabaseView.NoNet(call.RequestId),
                _ => throw CloudError.Invalid("DBInstanceNetRWSplitType"),
            };
        }),
        new("Rds", "2014-08-15", "DescribeDBInstanceAttribute", call => DatabaseView.Attribute(Find(call), call.RequestId)),
    ];

    private static Database Find(Call call)
    {
        string id = call.Parameters.Required("DBInstanceId");
        return call.World.DatabasesOf(call.Account.Id).FirstOrDefault(d => d.Id == id)
            ?? throw new CloudError(400, "InvalidDBInstanceId.NotFound", "The DBInstanceId provided does not exist in our records.");
    }
}
