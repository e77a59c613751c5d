using System.Net.Sockets;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Renci.SshNet;
using Renci.SshNet.Messages;

namespace Bastion.Sessions.Ssh;

/// <summary>
/// What we need of SSH.NET's session and is not public: to give it a socket, and to send a message. The package's version is pinned and ships
/// with us; a member that is gone shows in the first test that connects.
/// </summary>
internal static class SshNetSession
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>
    /// Makes a session that runs over a socket of ours. SSH.NET's own was once used asynchronously, and from then on .NET serves even its blocking
    /// reads over another thread: 0.1 ms and more a key. Ours can also be closed at any moment, whatever SSH.NET waits for.
    /// </summary>
    /// <param name="info">Whom to connect to, and how.</param>
    /// <param name="socket">Gives the connected socket. Called once, on the thread that calls <see cref="Session.Connect"/>.</param>
    internal static Session Create(ConnectionInfo info, Func<Socket> socket)
    {
        Assembly ssh = typeof(Session).Assembly;
        Type factory = ssh.GetType("Renci.SshNet.IServiceFactory", throwOnError: true)!;
        object services = Activator.CreateInstance(ssh.GetType("Renci.SshNet.ServiceFactory", throwOnError: true)!, nonPublic: true)!;
        object sockets = factory.GetMethod("CreateSocketFactory")!.Invoke(services, null)!;
        object connector = Answer.To(ssh.GetType("Renci.SshNet.Connection.IConnector", throwOnError: true)!, (method, _) =>
            method.Name == "Connect" ? socket() : throw new NotSupportedException(method.Name));
        object ours = Answer.To(factory, (method, arguments) =>
            method.Name == "CreateConnector" ? connector : method.Invoke(services, BindingFlags.DoNotWrapExceptions, null, arguments, null));
        return (Session)Activator.CreateInstance(typeof(Session), Hidden, null, [info, ours, sockets], null)!;
    }

    /// <summary>How many bytes of messages to come SSH.NET has received already. Asked on the thread that receives.</summary>
    internal static Func<Session, int> Received { get; } = CompileReceived();

    /// <summary>Encrypts and sends one message. Blocks while the network takes no more and while keys are exchanged anew.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "SendMessage")]
    internal static extern void SendMessage(Session session, Message message);

    // Asked for each message, of a field whose type can't be named here
    private static Func<Session, int> CompileReceived()
    {
        FieldInfo buffer = typeof(Session).GetField("_receiveBuffer", Hidden) ?? throw new MissingFieldException(nameof(Session), "_receiveBuffer");
        var method = new DynamicMethod("Received", typeof(int), [typeof(Session)], typeof(Session), skipVisibility: true);
        ILGenerator il = method.GetILGenerator();
        foreach (string end in (ReadOnlySpan<string>)["_availableStart", "_activeStart"])
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldflda, buffer);
            il.Emit(OpCodes.Ldfld, buffer.FieldType.GetField(end, Hidden) ?? throw new MissingFieldException(buffer.FieldType.Name, end));
        }

        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<Session, int>>();
    }

    /// <summary>Implements an interface of SSH.NET's by one function. Not sealed: the runtime derives from it.</summary>
    internal class Answer : DispatchProxy
    {
        private Func<MethodInfo, object?[]?, object?> _answer = (_, _) => null;

        internal static object To(Type type, Func<MethodInfo, object?[]?, object?> answer)
        {
            object proxy = Create(type, typeof(Answer));
            ((Answer)proxy)._answer = answer;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!, args);
    }
}
