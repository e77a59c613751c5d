namespace Bastion.Accounts;

/// <summary>The rule for account ids.</summary>
internal static class AccountIds
{
    internal static string Check(string? id)
    {
        string trimmed = (id ?? "").Trim();
        return trimmed.Length is > 0 and <= 64 && trimmed.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? trimmed : throw new InvalidAccountIdException(id);
    }
}

/// <summary>An account id is not one.</summary>
/// <param name="id">What was given.</param>
public sealed class InvalidAccountIdException(string? id) : BastionException("InvalidAccountId", ErrorKind.InvalidInput, Printable.Escape(id),
    $"'{Printable.Escape(id)}' is not an account id. Alibaba Cloud's have 16 digits; for assets of others use up to 64 letters, digits, '-', '_' or '.'.");
