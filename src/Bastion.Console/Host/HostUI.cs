using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace Bastion.Console.Host;

/// <summary>What PowerShell shows and asks: streams in colour on a terminal and plain in a file, questions by line.</summary>
internal sealed class HostUI(Terminal terminal, bool interactive) : PSHostUserInterface, IHostUISupportsMultipleChoiceSelection
{
    private readonly RawUI _raw = new(terminal);

    /// <summary>The progress line.</summary>
    public ProgressLine Progress { get; } = new(terminal);

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI => _raw;

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal => terminal.ShowsOut;

    /// <inheritdoc/>
    public override void Write(string value)
    {
        Progress.Erase();
        terminal.Out.Write(Rendered(value));
    }

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        Progress.Erase();
        if (!terminal.ShowsOut)
        {
            terminal.Out.Write(Rendered(value));
            return;
        }

        string back = backgroundColor == RawUI.BackgroundColor ? "" : Ansi.Background(backgroundColor);
        terminal.Out.Write($"{Ansi.Foreground(foregroundColor)}{back}{value}{Ansi.Reset}");
    }

    /// <inheritdoc/>
    public override void WriteLine(string value)
    {
        Progress.Erase();
        terminal.Out.WriteLine(Rendered(value));
    }

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) => ToError(Ansi.Red, value);

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => ToError(Ansi.Yellow, $"WARNING: {message}");

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => ToError(Ansi.Cyan, $"VERBOSE: {message}");

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => ToError(Ansi.Grey, $"DEBUG: {message}");

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record) => Progress.Show(record);

    /// <inheritdoc/>
    public override string ReadLine()
    {
        RequireSomebody("A line");
        Progress.Erase();
        return terminal.In.ReadLine() ?? throw new EndOfStreamException("Standard input has ended.");
    }

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString()
    {
        RequireSomebody("A secret");
        Progress.Erase();
        return SecretLine.Read(terminal);
    }

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        RequireSomebody(descriptions.Count > 0 ? descriptions[0].Name : "A value");
        ShowQuestion(caption, message);
        var answers = new Dictionary<string, PSObject>(StringComparer.OrdinalIgnoreCase);
        foreach (FieldDescription field in descriptions)
        {
            answers[field.Name] = PSObject.AsPSObject(Ask(field));
        }

        return answers;
    }

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        RequireSomebody(caption);
        return new ChoicePrompt(terminal, choices).Ask(QuestionText(caption, message), defaultChoice);
    }

    /// <inheritdoc/>
    public Collection<int> PromptForChoice(string? caption, string? message, Collection<ChoiceDescription> choices, IEnumerable<int>? defaultChoices)
    {
        RequireSomebody(caption ?? "A choice");
        return new ChoicePrompt(terminal, choices).AskMany(QuestionText(caption, message), [.. defaultChoices ?? []]);
    }

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
    {
        RequireSomebody("A credential");
        ShowQuestion(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            terminal.Out.Write("User: ");
            terminal.Out.Flush();
            userName = ReadLine();
        }

        if (string.IsNullOrWhiteSpace(userName)) throw new HostException("No user name was given.");
        terminal.Out.Write($"Password for user {Printable.Line(userName)}: ");
        terminal.Out.Flush();
        return new PSCredential(userName, ReadLineAsSecureString());
    }

    private object Ask(FieldDescription field)
    {
        Type type = Type.GetType(field.ParameterAssemblyFullName.Length > 0
            ? $"{field.ParameterTypeFullName}, {field.ParameterAssemblyFullName}" : field.ParameterTypeFullName) ?? typeof(string);
        if (type == typeof(PSCredential)) return PromptForCredential("", field.HelpMessage, "", "");
        if (type.IsArray && type != typeof(byte[])) return AskMany(field, type.GetElementType()!);
        terminal.Out.Write($"{Label(field)}: ");
        terminal.Out.Flush();
        if (type == typeof(SecureString)) return ReadLineAsSecureString();
        return Convert(ReadLine(), type);
    }

    private Array AskMany(FieldDescription field, Type element)
    {
        var values = new List<object>();
        while (true)
        {
            terminal.Out.Write($"{Label(field)}[{values.Count}]: ");
            terminal.Out.Flush();
            if (element == typeof(SecureString))
            {
                SecureString secret = ReadLineAsSecureString();
                if (secret.Length == 0) break;
                values.Add(secret);
                continue;
            }

            string line = ReadLine();
            if (line.Length == 0) break;
            values.Add(Convert(line, element));
        }

        Array array = Array.CreateInstance(element, values.Count);
        for (int i = 0; i < values.Count; i++) array.SetValue(values[i], i);
        return array;
    }

    private static object Convert(string text, Type type) => LanguagePrimitives.ConvertTo(text, type, CultureInfo.InvariantCulture);

    private static string Label(FieldDescription field) =>
        Printable.Line((string.IsNullOrEmpty(field.Label) ? field.Name : field.Label).Replace("&", "", StringComparison.Ordinal));

    private void ShowQuestion(string? caption, string? message)
    {
        Progress.Erase();
        string text = QuestionText(caption, message);
        if (text.Length > 0) terminal.Out.WriteLine(text);
    }

    private string QuestionText(string? caption, string? message)
    {
        string head = string.IsNullOrEmpty(caption) ? "" : terminal.ShowsOut ? $"{Ansi.Bold}{caption}{Ansi.Reset}" : caption;
        return string.IsNullOrEmpty(message) ? head : head.Length == 0 ? message : $"{head}\n{message}";
    }

    private void RequireSomebody(string what)
    {
        if (interactive) return;
        throw new HostException(
            $"{what} is asked for, but this is a non-interactive session. Give all parameters, and -Confirm:$false where a change is confirmed.",
            innerException: null, "NobodyToAsk", ErrorCategory.InvalidOperation);
    }

    // $PSStyle.OutputRendering: Host means colours on a terminal only
    private string Rendered(string value) => PSStyle.Instance.OutputRendering switch
    {
        OutputRendering.Ansi => value,
        OutputRendering.Host when terminal.ShowsOut => value,
        _ => PlainText.Of(value),
    };

    private void ToError(string colour, string text)
    {
        Progress.Erase();
        terminal.Out.Flush();
        if (terminal.ShowsError) terminal.Error.WriteLine(text.Contains('\e', StringComparison.Ordinal) ? text : $"{colour}{text}{Ansi.Reset}");
        else terminal.Error.WriteLine(PlainText.Of(text));
    }
}
