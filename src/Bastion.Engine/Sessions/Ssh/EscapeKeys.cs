namespace Bastion.Sessions.Ssh;

/// <summary>The keys by which an operator speaks to the bastion instead of the asset: <c>~</c> at the start of a line, as with ssh.</summary>
internal sealed class EscapeKeys
{
    private bool _lineStart = true;
    private bool _held;

    /// <summary>What the operator wants of the bastion.</summary>
    internal enum Wish
    {
        None,
        Help,
        Disconnect,
    }

    /// <summary>Reads keys up to the first wish.</summary>
    /// <param name="keys">What was typed.</param>
    /// <param name="passed">Where the keys for the asset go; room for one more than <paramref name="keys"/>.</param>
    /// <param name="count">How many keys are for the asset.</param>
    /// <param name="used">How many of <paramref name="keys"/> were read.</param>
    internal Wish Read(ReadOnlySpan<byte> keys, Span<byte> passed, out int count, out int used)
    {
        count = 0;
        for (used = 0; used < keys.Length;)
        {
            byte key = keys[used++];
            if (_held)
            {
                _held = false;
                if (key == '.') return Wish.Disconnect;
                if (key == '?') return Wish.Help;
                if (key != '~') passed[count++] = (byte)'~';
            }
            else if (_lineStart && key == '~')
            {
                _held = true;
                continue;
            }

            passed[count++] = key;
            _lineStart = key is (byte)'\r' or (byte)'\n';
        }

        return Wish.None;
    }
}
