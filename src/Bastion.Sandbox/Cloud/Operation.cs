namespace Bastion.Sandbox.Cloud;

/// <summary>One call of the cloud, from verified request to answer.</summary>
/// <param name="Product">For example <c>Ecs</c>; also the first label of the host id.</param>
/// <param name="Version">For example <c>2014-05-26</c>.</param>
/// <param name="Action">For example <c>DescribeInstances</c>.</param>
/// <param name="Answer">Makes the answer without its RequestId.</param>
internal sealed record Operation(string Product, string Version, string Action, Func<Call, object> Answer);

/// <summary>A verified call.</summary>
/// <param name="Caller">Who calls.</param>
/// <param name="Account">The caller's account, as it is now.</param>
/// <param name="Parameters">Query and form together.</param>
/// <param name="World">What the answer is made from.</param>
/// <param name="RequestId">Goes into the answer.</param>
internal sealed record Call(Principal Caller, Account Account, Parameters Parameters, World World, string RequestId);
