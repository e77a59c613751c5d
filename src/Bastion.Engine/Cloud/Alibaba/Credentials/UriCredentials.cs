using Bastion.Cloud.Alibaba.Rpc;

namespace Bastion.Cloud.Alibaba.Credentials;

/// <summary>Keys from the address in <c>ALIBABA_CLOUD_CREDENTIALS_URI</c>.</summary>
internal static class UriCredentials
{
    private const string Variable = "ALIBABA_CLOUD_CREDENTIALS_URI";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns><see langword="null"/> when the variable is not set.</returns>
    internal static IAlibabaCredentials? Open(Surroundings surroundings, CloudClock clock)
    {
        if (surroundings.Get(Variable) is not { } text) return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.UserInfo.Length > 0 || !Endpoints.IsSafe(uri))
            throw AlibabaErrors.NoCredentials($"{Variable} is not an https address (http is for this machine only)");
        HttpClient http = LocalAnswers.Client(Patience);
        return new RenewedCredentials(async stop =>
        {
            try
            {
                using HttpResponseMessage response = await http.GetAsync(uri, stop);
                response.EnsureSuccessStatusCode();
                return LocalAnswers.Key(await response.Content.ReadAsStringAsync(stop), Variable);
            }
            catch (Exception e) when (LocalAnswers.IsFailure(e, stop))
            {
                throw AlibabaErrors.NoCredentials($"the address in {Variable} gives no key: {e.Message}", e);
            }
        }, clock, http);
    }
}
