using System.Globalization;
using System.Management.Automation;
using Bastion.Console.Utility;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Date.</summary>
[Cmdlet(VerbsCommon.Get, "Date", DefaultParameterSetName = "Plain")]
[OutputType(typeof(DateTime), typeof(string))]
public sealed class GetDateCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LastWriteTime")]
    public DateTime Date { get; set; }

    [Parameter] [ValidateRange(1, 9999)] public int Year { get; set; }
    [Parameter] [ValidateRange(1, 12)] public int Month { get; set; }
    [Parameter] [ValidateRange(1, 31)] public int Day { get; set; }
    [Parameter] [ValidateRange(0, 23)] public int Hour { get; set; } = -1;
    [Parameter] [ValidateRange(0, 59)] public int Minute { get; set; } = -1;
    [Parameter] [ValidateRange(0, 59)] public int Second { get; set; } = -1;
    [Parameter] [ValidateRange(0, 999)] public int Millisecond { get; set; } = -1;

    [Parameter(ParameterSetName = "Format", Mandatory = true)] public string Format { get; set; } = "";
    [Parameter(ParameterSetName = "UFormat", Mandatory = true)] public string UFormat { get; set; } = "";
    [Parameter] public SwitchParameter AsUTC { get; set; }
    [Parameter] public long UnixTimeSeconds { get; set; }

    protected override void ProcessRecord()
    {
        DateTime time = MyInvocation.BoundParameters.ContainsKey(nameof(UnixTimeSeconds)) ? DateTimeOffset.FromUnixTimeSeconds(UnixTimeSeconds).LocalDateTime
            : MyInvocation.BoundParameters.ContainsKey(nameof(Date)) ? Date : TimeProvider.System.GetLocalNow().DateTime;
        if (time.Kind == DateTimeKind.Unspecified && !MyInvocation.BoundParameters.ContainsKey(nameof(Date))) time = DateTime.SpecifyKind(time, DateTimeKind.Local);
        time = new DateTime(
            Year > 0 ? Year : time.Year, Month > 0 ? Month : time.Month, Day > 0 ? Day : time.Day,
            Hour >= 0 ? Hour : time.Hour, Minute >= 0 ? Minute : time.Minute, Second >= 0 ? Second : time.Second,
            time.Kind).AddTicks(Millisecond >= 0 ? Millisecond * TimeSpan.TicksPerMillisecond : time.Ticks % TimeSpan.TicksPerSecond);
        if (AsUTC) time = time.ToUniversalTime();
        WriteObject(ParameterSetName switch { "Format" => Formatted(time), "UFormat" => UnixDate.Format(time, UFormat), _ => time });
    }

    private string Formatted(DateTime time) => Format.ToUpperInvariant() switch
    {
        "FILEDATE" => time.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        "FILEDATEUNIVERSAL" => time.ToUniversalTime().ToString("yyyyMMdd'Z'", CultureInfo.InvariantCulture),
        "FILEDATETIME" => time.ToString("yyyyMMdd'T'HHmmssffff", CultureInfo.InvariantCulture),
        "FILEDATETIMEUNIVERSAL" => time.ToUniversalTime().ToString("yyyyMMdd'T'HHmmssffff'Z'", CultureInfo.InvariantCulture),
        _ => time.ToString(Format, CultureInfo.CurrentCulture),
    };
}

/// <summary>Dates by the letters of date(1), as -UFormat takes them.</summary>
internal static class UnixDate
{
    public static string Format(DateTime time, string format)
    {
        var text = new System.Text.StringBuilder();
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length) text.Append(format[i]);
            else text.Append(Letter(time, format[++i]));
        }

        return text.ToString();
    }

    private static string Letter(DateTime time, char letter) => letter switch
    {
        'Y' => time.Net("yyyy"), 'm' => time.Net("MM"), 'd' => time.Net("dd"), 'H' => time.Net("HH"), 'M' => time.Net("mm"), 'S' => time.Net("ss"),
        'y' => time.Net("yy"), 'B' => time.Net("MMMM"), 'b' or 'h' => time.Net("MMM"), 'A' => time.Net("dddd"), 'a' => time.Net("ddd"),
        'F' => time.Net("yyyy-MM-dd"), 'T' => time.Net("HH:mm:ss"), 'R' => time.Net("HH:mm"), 'D' => time.Net("MM/dd/yy"), 'I' => time.Net("hh"), 'p' => time.Net("tt"),
        'j' => time.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        's' => new DateTimeOffset(time).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        'Z' => time.ToString("zz", CultureInfo.InvariantCulture),
        'n' => "\n", 't' => "\t", '%' => "%",
        _ => throw new PSNotSupportedException($"-UFormat does not know '%{letter}' here."),
    };

    private static string Net(this DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}

/// <summary>Start-Sleep; Ctrl-C wakes it.</summary>
[Cmdlet(VerbsLifecycle.Start, "Sleep", DefaultParameterSetName = "Seconds")]
public sealed class StartSleepCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Seconds")]
    [ValidateRange(0.0, 2147483.0)]
    public double Seconds { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Milliseconds")]
    [Alias("ms")]
    [ValidateRange(0, int.MaxValue)]
    public int Milliseconds { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Duration")]
    public TimeSpan Duration { get; set; }

    protected override void ProcessRecord() => PipelineStopToken.WaitHandle.WaitOne(ParameterSetName switch
    {
        "Seconds" => TimeSpan.FromSeconds(Seconds),
        "Milliseconds" => TimeSpan.FromMilliseconds(Milliseconds),
        _ => Duration,
    });
}

/// <summary>Measure-Command.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Command")]
[OutputType(typeof(TimeSpan))]
public sealed class MeasureCommandCommand : PSCmdlet
{
    private readonly System.Diagnostics.Stopwatch _watch = new();

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0, Mandatory = true)]
    public ScriptBlock Expression { get; set; } = null!;

    protected override void ProcessRecord()
    {
        _watch.Start();
        Expression.InvokeWithContext(functionsToDefine: null, [new PSVariable("_", InputObject)]);
        _watch.Stop();
    }

    protected override void EndProcessing() => WriteObject(_watch.Elapsed);
}

/// <summary>New-TimeSpan.</summary>
[Cmdlet(VerbsCommon.New, "TimeSpan", DefaultParameterSetName = "Date")]
[OutputType(typeof(TimeSpan))]
public sealed class NewTimeSpanCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Date")] public DateTime? Start { get; set; }
    [Parameter(Position = 1, ParameterSetName = "Date")] public DateTime? End { get; set; }
    [Parameter(ParameterSetName = "Time")] public int Days { get; set; }
    [Parameter(ParameterSetName = "Time")] public int Hours { get; set; }
    [Parameter(ParameterSetName = "Time")] public int Minutes { get; set; }
    [Parameter(ParameterSetName = "Time")] public int Seconds { get; set; }
    [Parameter(ParameterSetName = "Time")] public int Milliseconds { get; set; }

    protected override void ProcessRecord()
    {
        DateTime now = TimeProvider.System.GetLocalNow().DateTime;
        WriteObject(ParameterSetName == "Date" ? (End ?? now) - (Start ?? now) : new TimeSpan(Days, Hours, Minutes, Seconds, Milliseconds));
    }
}
