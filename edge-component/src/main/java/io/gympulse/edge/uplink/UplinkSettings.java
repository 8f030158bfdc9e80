package io.gympulse.edge.uplink;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// How a gateway reaches the cloud's broker.
public sealed interface UplinkSettings {

  TopicMode topics();

  /// What may be sent.
  Budget budget();

  /// How long the gateway's previous process may still run, and hold the outbox, after this one was
  /// started.
  Duration previousProcessEndsWithin();

  /// By a connection of its own: the address of the cloud's broker and the gateway's credentials,
  /// as PEM files.
  ///
  /// @param rootCa the root that the broker's certificate must lead to
  record Direct(
      String host, int port, Path certificate, Path privateKey, Path rootCa, TopicMode topics)
      implements UplinkSettings {

    /// What AWS IoT Core takes of one connection.
    @Override
    public Budget budget() {
      return Budget.OF_CONNECTION;
    }

    @Override
    public Duration previousProcessEndsWithin() {
      return Duration.ZERO;
    }
  }

  /// By the connection of an AWS IoT Greengrass nucleus.
  ///
  /// @param lostAfter how long the nucleus may be unreachable until the process ends
  record Greengrass(Nucleus nucleus, TopicMode topics, Budget budget, Duration lostAfter)
      implements UplinkSettings {
    private static final Duration SHUTDOWN = Duration.ofMinutes(1);

    /// If the nucleus is killed, its components live on until they have noticed it.
    @Override
    public Duration previousProcessEndsWithin() {
      return lostAfter.plus(SHUTDOWN);
    }
  }

  /// The nucleus that started this process as a component.
  ///
  /// @param socket of its inter-process communication (IPC)
  /// @param token authenticates the component until the nucleus ends
  record Nucleus(Path socket, String token) {
    private static final String SOCKET = "AWS_GG_NUCLEUS_DOMAIN_SOCKET_FILEPATH_FOR_COMPONENT";
    private static final String TOKEN = "SVCUID";

    /// Empty outside of a component.
    ///
    /// @param environment the process's variables
    public static Optional<Nucleus> of(Map<String, String> environment) {
      String socket = environment.getOrDefault(SOCKET, "");
      String token = environment.getOrDefault(TOKEN, "");
      return socket.isBlank() || token.isBlank()
          ? Optional.empty()
          : Optional.of(new Nucleus(Path.of(socket), token));
    }

    /// Without the token, which is a secret.
    @Override
    public String toString() {
      return "Nucleus[socket=" + socket + "]";
    }
  }

  /// The most that is sent in a second, on average.
  ///
  /// @param bytesPerSecond of payload
  record Budget(double messagesPerSecond, double bytesPerSecond) {
    /// AWS IoT Core's limits for a connection.
    public static final Budget OF_CONNECTION = new Budget(100, 524_288);

    public Budget {
      if (!(messagesPerSecond > 0) || !(bytesPerSecond > 0)) {
        throw new IllegalArgumentException(
            "%s messages and %s bytes a second".formatted(messagesPerSecond, bytesPerSecond));
      }
    }
  }

  /// Which topics a gateway publishes on. The cloud treats both alike.
  enum TopicMode {
    /// Plain topics: others may subscribe to them, and AWS meters each message.
    PLAIN("plain"),
    /// Basic Ingest topics, which lead to one topic rule each and bypass subscribers: AWS does not
    /// meter these messages.
    BASIC_INGEST("basic-ingest");

    private final String wireName;

    TopicMode(String wireName) {
      this.wireName = wireName;
    }

    /// The name used in configuration files.
    public String wireName() {
      return wireName;
    }

    public static Optional<TopicMode> ofWireName(String wireName) {
      return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
    }
  }
}
