using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Security;

namespace Bastion.PowerShell;

/// <summary>
/// The base of every cmdlet: runs its work off the pipeline thread, brings objects, errors, questions and progress back to it,
/// and ends the work on Ctrl-C and when a later command has had enough.
/// </summary>
public abstract class EngineCommand : PSCmdlet, IDisposable
{
    // How long a cancelled worker may take to let go before the prompt comes back without it.
    private static readonly TimeSpan LetGo = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private StoreSession _store = null!;
    private Caller? _caller;
    private BlockingCollection<Action>? _turns;
    private CancellationToken _working;
    private ProgressRecord? _progress;

    /// <summary>The open store, as the caller sees it.</summary>
    /// <exception cref="BastionException">There is none, or it can't be used.</exception>
    private protected Engine Engine => _store.Open();

    /// <summary>Who runs the cmdlet.</summary>
    private protected Caller Caller => _caller ??= _store.Caller;

    /// <summary>The store of this runspace.</summary>
    private protected StoreSession Store => _store;

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => _store = StoreSession.Of(Runspace.DefaultRunspace);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Pump(RunAsync);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Pump(EndAsync);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <summary>The work for one pipeline record.</summary>
    protected abstract Task RunAsync(CancellationToken stop);

    /// <summary>The work after the last record.</summary>
    protected virtual Task EndAsync(CancellationToken stop) => Task.CompletedTask;

    /// <summary>Works through items; one that fails with an error of ours is reported and does not stop the others.</summary>
    private protected async Task ForEachAsync<T>(IEnumerable<T> items, Func<T, Task> work)
    {
        foreach (T item in items)
        {
            _working.ThrowIfCancellationRequested();
            try
            {
                await work(item);
            }
            catch (BastionException e)
            {
                Fail(e, item);
            }
        }
    }

    /// <summary>Works through items; one that fails with an error of ours is reported and does not stop the others.</summary>
    private protected Task ForEachAsync<T>(IEnumerable<T> items, Action<T> work) => ForEachAsync(items, item =>
    {
        work(item);
        return Task.CompletedTask;
    });

    /// <summary>Works through items, several at the same time; one that fails with an error of ours is reported and does not stop the others.</summary>
    private protected Task ForEachAtOnceAsync<T>(IReadOnlyCollection<T> items, int limit, Func<T, Task> work) => Parallel.ForEachAsync(
        items, new ParallelOptions { MaxDegreeOfParallelism = limit, CancellationToken = _working }, async (item, _) => await ForEachAsync([item], work));

    /// <summary>Writes an object.</summary>
    private protected void Emit(object item) => Post(() => WriteObject(item));

    /// <summary>Writes a line of text.</summary>
    private protected void Emit(string line) => Post(() => WriteObject(line));

    /// <summary>Writes objects one by one.</summary>
    private protected void Emit<T>(IEnumerable<T> items)
    {
        foreach (T item in items) Emit((object)item!);
    }

    /// <summary>Writes an error that does not end the pipeline.</summary>
    private protected void Fail(BastionException error, object? target = null) => Post(() => WriteError(error.ToRecord(target)));

    /// <summary>Writes a warning.</summary>
    private protected void Warn(string text) => Post(() => WriteWarning(text));

    /// <summary>Shows how far long work has come.</summary>
    /// <param name="activity">What is being done.</param>
    /// <param name="status">How far, in words.</param>
    /// <param name="done">How many are done, where that is known.</param>
    /// <param name="total">Of how many.</param>
    private protected void Progress(string activity, string status, long done = 0, long total = 0) => Post(() =>
    {
        _progress = new ProgressRecord(0, activity, status) { PercentComplete = total > 0 ? (int)(done * 100 / total) : -1 };
        WriteProgress(_progress);
    });

    /// <summary>Asks whether to go on, as -WhatIf and -Confirm say.</summary>
    /// <param name="target">What would be changed.</param>
    /// <param name="action">How.</param>
    private protected Task<bool> ConfirmAsync(string target, string action) => OnPipelineAsync(() => ShouldProcess(target, action));

    /// <summary>Asks for a secret at the prompt.</summary>
    /// <param name="label">What is asked for.</param>
    /// <returns><see langword="null"/> where nobody can be asked.</returns>
    private protected Task<SecureString?> AskSecretAsync(string label) => OnPipelineAsync(() =>
    {
        try
        {
            var field = new FieldDescription(label);
            field.SetParameterType(typeof(SecureString));
            return Host.UI?.Prompt("", "", [field]).GetValueOrDefault(label)?.BaseObject as SecureString;
        }
        catch (Exception e) when (e is HostException or InvalidOperationException or NotImplementedException)
        {
            // -NonInteractive, or a host without a prompt.
            return null;
        }
    });

    /// <summary>A path of the file system, as the prompt's current location gives it.</summary>
    /// <exception cref="BastionException">It is on another drive than one of the file system.</exception>
    private protected string FullPath(string path) => OnPipelineAsync(() =>
    {
        string full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem" ? full : throw FileException.NotAFile(path);
    }).GetAwaiter().GetResult();

    /// <summary>Content of a file.</summary>
    /// <exception cref="BastionException">It can't be read.</exception>
    private protected byte[] ReadFile(string path)
    {
        string full = FullPath(path);
        try
        {
            return File.ReadAllBytes(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileException.Unreadable(full, e);
        }
    }

    /// <summary>Content of a file that is secret; without a path, of none.</summary>
    /// <exception cref="BastionException">It can't be read.</exception>
    private protected Secret ReadSecret(string? path) => new(path is null ? null : ReadFile(path));

    /// <summary>Lists what fits names one after the other: a name without wildcards must be there, a pattern may fit nothing.</summary>
    /// <param name="names">Names and patterns.</param>
    /// <param name="find">What a name means.</param>
    /// <param name="list">What fits a pattern.</param>
    /// <param name="which">Which of it to list; all, if not given.</param>
    private protected Task EmitNamedAsync<T>(IEnumerable<string> names, Func<string, T> find, Func<NamePattern, IEnumerable<T>> list, Func<T, bool>? which = null) => ForEachAsync(names, name =>
    {
        var pattern = new NamePattern(name);
        IEnumerable<T> found = pattern.IsLiteral ? [find(name)] : list(pattern);
        Emit(which is null ? found : found.Where(which));
    });

    /// <summary>Names with wildcards, for a filter.</summary>
    private protected static NamePattern[] Patterns(IEnumerable<string> names) => [.. names.Select(name => new NamePattern(name))];

    /// <summary>Whether a parameter is given, if only with nothing in it.</summary>
    private protected bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>What several parameters of one kind name; from the pipeline it may be nothing.</summary>
    private protected static IEnumerable<T> Named<T>(T?[]? given)
        where T : class => given?.OfType<T>() ?? [];

    /// <summary>A time for an update: mentioned or not; nothing takes the value away.</summary>
    private protected ChangeOf<DateTimeOffset?> Given(string parameter, DateTimeOffset? time) => new(IsGiven(parameter), time);

    /// <summary>A text for an update: mentioned or not; an empty one takes the value away.</summary>
    private protected ChangeOf<string> Given(string parameter, string? value) => new(IsGiven(parameter), string.IsNullOrEmpty(value) ? null : value);

    /// <summary>Lets go of what the cmdlet holds.</summary>
    /// <param name="disposing">Whether managed things are meant.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing) _stop.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    private void Pump(Func<CancellationToken, Task> work)
    {
        // A slow reader holds the worker back.
        using var turns = new BlockingCollection<Action>(boundedCapacity: 256);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        (_turns, _working) = (turns, end.Token);
        Task run = Task.Run(() => work(end.Token), CancellationToken.None);
        Task done = run.ContinueWith(_ => turns.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            foreach (Action turn in turns.GetConsumingEnumerable(_stop.Token)) turn();
            run.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (BastionException e)
        {
            WriteError(e.ToRecord(null));
        }
        finally
        {
            // Select-Object -First ends here too.
            end.Cancel();
            if (!done.Wait(LetGo, CancellationToken.None)) turns.CompleteAdding();
            if (_progress is { } shown && !_stop.IsCancellationRequested)
            {
                shown.RecordType = ProgressRecordType.Completed;
                WriteProgress(shown);
                _progress = null;
            }
        }
    }

    private void Post(Action turn) => _turns!.Add(turn, _working);

    private Task<T> OnPipelineAsync<T>(Func<T> ask)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        CancellationTokenRegistration cancelled = _working.Register(() => answer.TrySetCanceled(_working));
        Post(() =>
        {
            using (cancelled)
            {
                try
                {
                    answer.TrySetResult(ask());
                }
                catch (BastionException e)
                {
                    answer.TrySetException(e);
                }
            }
        });
        return answer.Task;
    }
}
