using System.Runtime.InteropServices;

namespace Bastion;

/// <summary>From when until when something holds.</summary>
/// <param name="From">Not before; <see langword="null"/>: from the beginning.</param>
/// <param name="Until">Not at or after; <see langword="null"/>: without end.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Validity(DateTimeOffset? From, DateTimeOffset? Until)
{
    /// <summary>Whether it has not begun yet.</summary>
    public bool IsAhead(DateTimeOffset now) => From > now;

    /// <summary>Whether it is over.</summary>
    public bool IsOver(DateTimeOffset now) => Until <= now;

    /// <summary>Whether it holds.</summary>
    public bool Holds(DateTimeOffset now) => !IsAhead(now) && !IsOver(now);

    /// <summary>Whether there is a time at which this holds and <paramref name="other"/> does not.</summary>
    public bool Exceeds(Validity other) => (From ?? DateTimeOffset.MinValue) < (other.From ?? DateTimeOffset.MinValue)
        || (Until ?? DateTimeOffset.MaxValue) > (other.Until ?? DateTimeOffset.MaxValue);

    /// <summary>For people; empty when there is no limit.</summary>
    public override string ToString() => (From, Until) switch
    {
        (null, null) => "",
        ({ } from, null) => $"from {Show(from)}",
        (null, { } until) => $"until {Show(until)}",
        ({ } from, { } until) => $"from {Show(from)} until {Show(until)}",
    };

    /// <summary>Checks what was given, and cuts it to what the store keeps: milliseconds, UTC.</summary>
    /// <param name="subject">What is to be valid; for the message.</param>
    /// <param name="from">Not before.</param>
    /// <param name="until">Not at or after.</param>
    /// <exception cref="InvalidValidityException">It ends before it begins.</exception>
    internal static Validity Check(string subject, DateTimeOffset? from, DateTimeOffset? until)
    {
        var validity = new Validity(Cut(from), Cut(until));
        return validity.From >= validity.Until ? throw InvalidValidityException.Backwards(subject, validity) : validity;
    }

    /// <summary>The same for something new, which must not be over already.</summary>
    /// <exception cref="InvalidValidityException">It ends before it begins, or has ended.</exception>
    internal static Validity CheckNew(string subject, DateTimeOffset? from, DateTimeOffset? until, DateTimeOffset now)
    {
        Validity validity = Check(subject, from, until);
        return validity.IsOver(now) ? throw InvalidValidityException.Over(subject, validity.Until!.Value) : validity;
    }

    internal static string Show(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'");

    internal static DateTimeOffset? Cut(DateTimeOffset? time) => time is { } t ? DateTimeOffset.FromUnixTimeMilliseconds(t.ToUnixTimeMilliseconds()) : null;
}

/// <summary>A validity makes no sense.</summary>
public sealed class InvalidValidityException : BastionException
{
    private InvalidValidityException(string subject, string message)
        : base("InvalidValidity", ErrorKind.InvalidInput, subject, message)
    {
    }

    internal static InvalidValidityException Backwards(string subject, Validity validity) =>
        new(subject, $"{subject} would be valid {validity}, which is never. Give an end that lies after the beginning.");

    internal static InvalidValidityException Over(string subject, DateTimeOffset until) =>
        new(subject, $"{subject} would have ended already, at {Validity.Show(until)}. Give an end that lies ahead, or none.");
}
