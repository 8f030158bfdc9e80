package io.gympulse.edge.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.gympulse.edge.uplink.UplinkSettings.Nucleus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.aws.greengrass.GreengrassCoreIPCServiceModel;
import software.amazon.awssdk.aws.greengrass.model.GreengrassCoreIPCError;
import software.amazon.awssdk.aws.greengrass.model.IoTCoreMessage;
import software.amazon.awssdk.aws.greengrass.model.MQTTMessage;
import software.amazon.awssdk.aws.greengrass.model.PublishToIoTCoreRequest;
import software.amazon.awssdk.aws.greengrass.model.PublishToIoTCoreResponse;
import software.amazon.awssdk.aws.greengrass.model.ServiceError;
import software.amazon.awssdk.aws.greengrass.model.SubscribeToIoTCoreRequest;
import software.amazon.awssdk.aws.greengrass.model.SubscribeToIoTCoreResponse;
import software.amazon.awssdk.crt.eventstream.Header;
import software.amazon.awssdk.crt.eventstream.MessageFlags;
import software.amazon.awssdk.crt.eventstream.MessageType;
import software.amazon.awssdk.crt.eventstream.ServerConnection;
import software.amazon.awssdk.crt.eventstream.ServerConnectionContinuation;
import software.amazon.awssdk.crt.eventstream.ServerConnectionContinuationHandler;
import software.amazon.awssdk.crt.eventstream.ServerConnectionHandler;
import software.amazon.awssdk.crt.eventstream.ServerListener;
import software.amazon.awssdk.crt.eventstream.ServerListenerHandler;
import software.amazon.awssdk.crt.io.EventLoopGroup;
import software.amazon.awssdk.crt.io.ServerBootstrap;
import software.amazon.awssdk.crt.io.SocketOptions;
import software.amazon.awssdk.crt.io.SocketOptions.SocketDomain;
import software.amazon.awssdk.eventstreamrpc.model.EventStreamJsonMessage;

/// A Greengrass nucleus's IPC server on a Unix socket, with faults that are switched by hand. Like
/// a killed nucleus, a stopped one leaves its socket's file behind. Safe for any number of threads.
final class FakeNucleus implements AutoCloseable {
  private static final GreengrassCoreIPCServiceModel MODEL =
      GreengrassCoreIPCServiceModel.getInstance();

  private final Path socket;
  private final FakeIotCore cloud;
  private final EventLoopGroup thread = new EventLoopGroup(1);
  private final ServerBootstrap bootstrap = new ServerBootstrap(thread);
  private final SocketOptions options = new SocketOptions();
  private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connects = new AtomicInteger();
  private volatile Behaviour behaviour = Behaviour.NORMAL;
  private volatile String token = "";
  private Optional<ServerListener> listener = Optional.empty();

  /// How the nucleus responds.
  enum Behaviour {
    NORMAL,
    /// It accepts sockets and never responds to a connect message.
    HANGING,
    /// It accepts connections and never responds to an operation.
    MUTE
  }

  FakeNucleus(Path socket, FakeIotCore cloud) {
    this.socket = socket;
    this.cloud = cloud;
    options.domain = SocketDomain.LOCAL;
  }

  /// What the environment of a component that this nucleus has started names.
  Nucleus asSeenByComponent() {
    return new Nucleus(socket, token);
  }

  void behave(Behaviour changed) {
    behaviour = changed;
  }

  /// How many connect messages have arrived.
  int connects() {
    return connects.get();
  }

  /// @param currentToken the only token accepted; a real nucleus makes new ones at each start
  synchronized void start(String currentToken) {
    token = currentToken;
    try {
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    listener =
        Optional.of(
            new ServerListener(socket.toString(), 0, options, null, bootstrap, new Connections()));
  }

  /// Ends as if killed.
  synchronized void stop() {
    Optional<ServerListener> stopped = listener;
    listener = Optional.empty();
    stopped.ifPresent(ServerListener::close);
    dropConnections();
    // It completes once all connections are closed, also those that were being accepted.
    stopped.ifPresent(
        it ->
            await()
                .until(
                    () -> {
                      dropConnections();
                      return it.getShutdownCompleteFuture().isDone();
                    }));
  }

  void dropConnections() {
    connections.forEach(it -> it.closeConnection(0));
  }

  @Override
  public void close() {
    stop();
    bootstrap.close();
    thread.close();
    options.close();
  }

  private final class Connections extends ServerListenerHandler {
    @Override
    protected ServerConnectionHandler onNewConnection(ServerConnection connection, int error) {
      connections.add(connection);
      return new ComponentConnection(connection);
    }

    @Override
    protected void onConnectionShutdown(ServerConnection connection, int error) {
      connections.remove(connection);
    }
  }

  private final class ComponentConnection extends ServerConnectionHandler {
    ComponentConnection(ServerConnection connection) {
      super(connection);
    }

    @Override
    protected void onProtocolMessage(
        List<Header> headers, byte[] payload, MessageType type, int flags) {
      if (type != MessageType.Connect) {
        return;
      }
      connects.incrementAndGet();
      if (behaviour == Behaviour.HANGING) {
        return;
      }
      boolean accepted = new String(payload, UTF_8).contains("\"authToken\":\"" + token + "\"");
      var _ =
          connection
              .sendProtocolMessage(
                  null,
                  null,
                  MessageType.ConnectAck,
                  accepted ? MessageFlags.ConnectionAccepted.getByteValue() : 0)
              .thenRun(
                  () -> {
                    if (!accepted) {
                      connection.closeConnection(0);
                    }
                  });
    }

    @Override
    protected ServerConnectionContinuationHandler onIncomingStream(
        ServerConnectionContinuation continuation, String operation) {
      return new Operation(continuation, operation);
    }
  }

  private final class Operation extends ServerConnectionContinuationHandler {
    private final String name;

    Operation(ServerConnectionContinuation continuation, String name) {
      super(continuation);
      this.name = name;
    }

    @Override
    protected void onContinuationMessage(
        List<Header> headers, byte[] payload, MessageType type, int flags) {
      boolean ends = (flags & MessageFlags.TerminateStream.getByteValue()) != 0;
      if (ends || behaviour == Behaviour.MUTE) {
        return;
      }
      try {
        perform(payload);
      } catch (GreengrassCoreIPCError e) {
        send((EventStreamJsonMessage) e, MessageType.ApplicationError, true);
      }
    }

    private void perform(byte[] payload) {
      if (name.equals(GreengrassCoreIPCServiceModel.PUBLISH_TO_IOT_CORE)) {
        PublishToIoTCoreRequest request = MODEL.fromJson(PublishToIoTCoreRequest.class, payload);
        cloud.publish(request.getTopicName(), request.getPayload());
        send(new PublishToIoTCoreResponse(), MessageType.ApplicationMessage, true);
      } else if (name.equals(GreengrassCoreIPCServiceModel.SUBSCRIBE_TO_IOT_CORE)) {
        String topic = MODEL.fromJson(SubscribeToIoTCoreRequest.class, payload).getTopicName();
        cloud.subscribe(
            topic, it -> send(message(topic, it), MessageType.ApplicationMessage, false));
        send(new SubscribeToIoTCoreResponse(), MessageType.ApplicationMessage, false);
      } else {
        throw new ServiceError("not faked: " + name);
      }
    }

    private void send(EventStreamJsonMessage message, MessageType type, boolean last) {
      List<Header> headers =
          List.of(
              Header.createHeader(":content-type", "application/json"),
              Header.createHeader("service-model-type", message.getApplicationModelType()));
      var _ =
          continuation
              .sendMessage(
                  headers,
                  MODEL.toJson(message),
                  type,
                  last ? MessageFlags.TerminateStream.getByteValue() : 0)
              .exceptionally(Operation::ignored);
    }

    /// The component has gone.
    private static @Nullable Void ignored(Throwable failure) {
      return null;
    }

    @Override
    protected void onContinuationClosed() {
      continuation.close();
    }
  }

  private static IoTCoreMessage message(String topic, byte[] payload) {
    return new IoTCoreMessage()
        .withMessage(new MQTTMessage().withTopicName(topic).withPayload(payload));
  }
}
