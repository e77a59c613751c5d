using Bastion.Cloud.Alibaba.Rpc;

namespace Bastion.Cloud.Alibaba.Credentials;

/// <summary>A role that is taken on with the token of another identity provider, e.g. of a Kubernetes service account.</summary>
/// <param name="Role">The role.</param>
/// <param name="ProviderArn">The provider, as the cloud knows it.</param>
/// <param name="TokenFile">File with the token; whoever writes it renews it, so it is read each time.</param>
internal sealed record OidcRole(RoleToTake Role, string ProviderArn, string TokenFile)
{
    /// <summary>The one that the environment names; <see langword="null"/> unless all three variables are set.</summary>
    internal static OidcRole? From(Surroundings surroundings) =>
        surroundings.Get("ALIBABA_CLOUD_ROLE_ARN") is { } role
        && surroundings.Get("ALIBABA_CLOUD_OIDC_PROVIDER_ARN") is { } provider
        && surroundings.Get("ALIBABA_CLOUD_OIDC_TOKEN_FILE") is { } file
            ? new OidcRole(new RoleToTake(role, surroundings.Get("ALIBABA_CLOUD_ROLE_SESSION_NAME")), provider, file)
            : null;

    internal IAlibabaCredentials Open(RpcClient rpc, Uri sts) => new RenewedCredentials(async stop =>
    {
        string token;
        try
        {
            token = (await File.ReadAllTextAsync(TokenFile, stop)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AlibabaErrors.NoCredentials($"the OIDC token file '{Printable.Escape(TokenFile)}' can't be read: {e.Message}", e);
        }

        return await RoleKeys.AssumeWithOidcAsync(rpc, sts, Role, ProviderArn, token, stop);
    }, rpc.Clock);
}
