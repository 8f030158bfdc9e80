package io.gympulse.edge.uplink;

import io.gympulse.edge.uplink.UplinkSettings.Nucleus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.aws.greengrass.GreengrassCoreIPCClient;
import software.amazon.awssdk.aws.greengrass.GreengrassCoreIPCClientV2;
import software.amazon.awssdk.aws.greengrass.model.IoTCoreMessage;
import software.amazon.awssdk.aws.greengrass.model.MQTTMessage;
import software.amazon.awssdk.aws.greengrass.model.PublishToIoTCoreRequest;
import software.amazon.awssdk.aws.greengrass.model.QOS;
import software.amazon.awssdk.aws.greengrass.model.SubscribeToIoTCoreRequest;
import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.crt.io.ClientBootstrap;
import software.amazon.awssdk.crt.io.EventLoopGroup;
import software.amazon.awssdk.crt.io.SocketOptions;
import software.amazon.awssdk.crt.io.SocketOptions.SocketDomain;
import software.amazon.awssdk.eventstreamrpc.EventStreamRPCConnection;
import software.amazon.awssdk.eventstreamrpc.EventStreamRPCConnection.LifecycleHandler;
import software.amazon.awssdk.eventstreamrpc.EventStreamRPCConnectionConfig;
import software.amazon.awssdk.eventstreamrpc.GreengrassConnectMessageSupplier;
import software.amazon.awssdk.eventstreamrpc.StreamResponseHandler;

/// Opens connections to the nucleus. All calls are asynchronous, and each completes in a limited
/// time: the client library itself waits for ever for a nucleus that does not respond. Safe for any
/// number of threads.
///
/// Futures and callbacks complete on the one thread of the connections, which is a daemon: they
/// must not block.
final class IpcConnector implements AutoCloseable {
  /// Kept, as an unreferenced logger loses its level. The client logs each attempt to connect to
  /// the standard error stream; here failures are logged by the uplink.
  private static final Logger CLIENT_LOG =
      Logger.getLogger("software.amazon.awssdk.eventstreamrpc");

  static {
    CLIENT_LOG.setLevel(Level.OFF);
  }

  private final Nucleus nucleus;
  private final Limits limits;
  private final EventLoopGroup thread = new EventLoopGroup(1);
  private final ClientBootstrap bootstrap = new ClientBootstrap(thread, null);
  private final SocketOptions socket = new SocketOptions();

  /// How long to wait for replies.
  ///
  /// @param subscription longer, as a nucleus that was never online does not reply before it is
  record Limits(Duration connection, Duration publish, Duration subscription) {
    static final Limits USUAL =
        new Limits(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(90));
  }

  IpcConnector(Nucleus nucleus, Limits limits) {
    this.nucleus = nucleus;
    this.limits = limits;
    socket.domain = SocketDomain.LOCAL;
    socket.connectTimeoutMs = (int) limits.connection().toMillis();
  }

  /// Opens a connection. Fails with a `CrtRuntimeException` if nothing listens on the socket, with
  /// an `AccessDeniedException` if the nucleus does not know this process's token, and with a
  /// [TimeoutException] if it does not respond.
  ///
  /// @param lost called with the reason if the open connection drops
  CompletableFuture<Connection> open(Consumer<String> lost) {
    EventStreamRPCConnection rpc =
        new EventStreamRPCConnection(
            new EventStreamRPCConnectionConfig(
                bootstrap,
                thread,
                socket,
                null,
                nucleus.socket().toString(),
                0,
                GreengrassConnectMessageSupplier.connectMessageSupplier(nucleus.token())));
    CompletableFuture<Connection> opened = new CompletableFuture<>();
    try {
      var _ =
          rpc.connect(new Lifecycle(opened, new Connection(rpc, limits), lost))
              .exceptionally(
                  e -> {
                    opened.completeExceptionally(e);
                    return null;
                  });
    } catch (RuntimeException e) {
      opened.completeExceptionally(e);
    }
    return opened
        .orTimeout(limits.connection().toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (_, e) -> {
              if (e != null) {
                rpc.disconnect();
              }
            });
  }

  /// Frees the thread once the connections are closed.
  @Override
  public void close() {
    bootstrap.close();
    thread.close();
    socket.close();
  }

  private record Lifecycle(
      CompletableFuture<Connection> opened, Connection connection, Consumer<String> lost)
      implements LifecycleHandler {
    @Override
    public void onConnect() {
      opened.complete(connection);
    }

    @Override
    public void onDisconnect(int error) {
      // After its time limit a connection may still open, and is then closed.
      if (opened.isCompletedExceptionally()) {
        return;
      }
      lost.accept(error == 0 ? "the nucleus closed the connection" : CRT.awsErrorString(error));
    }

    /// Returns that the connection is to be closed.
    @Override
    public boolean onError(Throwable error) {
      return true;
    }
  }

  /// A connection to the nucleus. It does not reconnect: once it has dropped, all calls fail.
  static final class Connection implements AutoCloseable {
    private final EventStreamRPCConnection rpc;
    private final Limits limits;
    private final GreengrassCoreIPCClientV2 client;

    private Connection(EventStreamRPCConnection rpc, Limits limits) {
      this.rpc = rpc;
      this.limits = limits;
      this.client = client(new GreengrassCoreIPCClient(rpc));
    }

    /// The builder connects, and so may throw, only if it is given no client.
    private static GreengrassCoreIPCClientV2 client(GreengrassCoreIPCClient connected) {
      try {
        return GreengrassCoreIPCClientV2.builder().withClient(connected).withoutExecutor().build();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// Completes when the nucleus has taken the message, which may be before it is sent.
    CompletableFuture<Void> publish(String topic, byte[] payload) {
      try {
        return client
            .publishToIoTCoreAsync(
                new PublishToIoTCoreRequest()
                    .withTopicName(topic)
                    .withQos(QOS.AT_LEAST_ONCE)
                    .withPayload(payload))
            .orTimeout(limits.publish().toMillis(), TimeUnit.MILLISECONDS)
            .thenAccept(_ -> {});
      } catch (RuntimeException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    /// Completes when the cloud has granted the subscription.
    ///
    /// @param ended called if the nucleus ends a granted subscription, and maybe if it refuses one
    CompletableFuture<Void> subscribe(String topic, Consumer<byte[]> messages, Runnable ended) {
      try {
        return client
            .subscribeToIoTCoreAsync(
                new SubscribeToIoTCoreRequest().withTopicName(topic).withQos(QOS.AT_LEAST_ONCE),
                new Messages(messages, ended))
            .getResponse()
            .orTimeout(limits.subscription().toMillis(), TimeUnit.MILLISECONDS)
            .thenAccept(_ -> {});
      } catch (RuntimeException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    @Override
    public void close() {
      rpc.disconnect();
    }
  }

  private record Messages(Consumer<byte[]> payloads, Runnable ended)
      implements StreamResponseHandler<IoTCoreMessage> {
    @Override
    public void onStreamEvent(IoTCoreMessage event) {
      Optional.ofNullable(event.getMessage()).map(MQTTMessage::getPayload).ifPresent(payloads);
    }

    /// Returns that the subscription is to be ended.
    @Override
    public boolean onStreamError(Throwable error) {
      return true;
    }

    @Override
    public void onStreamClosed() {
      ended.run();
    }
  }
}
