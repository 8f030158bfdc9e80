package io.gympulse.edge.sensing.mqtt;

import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.crt.io.TlsContext;
import software.amazon.awssdk.crt.io.TlsContextOptions;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.ClientSessionBehavior;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.LifecycleEvents;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.Mqtt5ClientOptionsBuilder;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.PublishEvents;
import software.amazon.awssdk.crt.mqtt5.packets.ConnectPacket.ConnectPacketBuilder;

/// Makes clients of the gym's own broker, which keeps nothing for them while they are away.
final class LanClients {
  private LanClients() {}

  static Mqtt5Client create(
      LanBrokerConfig broker, String clientId, LifecycleEvents lifecycle, PublishEvents publishes) {
    ConnectPacketBuilder connect =
        new ConnectPacketBuilder().withClientId(clientId).withKeepAliveIntervalSeconds(15L);
    broker
        .login()
        .ifPresent(it -> connect.withUsername(it.username()).withPassword(it.passwordBytes()));
    Mqtt5ClientOptionsBuilder options =
        new Mqtt5ClientOptionsBuilder(broker.host(), (long) broker.port())
            .withConnectOptions(connect.build())
            .withSessionBehavior(ClientSessionBehavior.CLEAN)
            .withMinReconnectDelayMs(1_000L)
            .withMaxReconnectDelayMs(10_000L)
            .withConnackTimeoutMs(5_000L)
            .withPingTimeoutMs(5_000L)
            .withLifecycleEvents(lifecycle)
            .withPublishEvents(publishes);
    Optional<Path> ca = broker.caFile();
    if (ca.isEmpty()) {
      return new Mqtt5Client(options.build());
    }
    // The client takes a share in the context, so that this one's can end here.
    try (TlsContextOptions trust = TlsContextOptions.createDefaultClient()) {
      trust.withCertificateAuthorityFromPath(null, ca.get().toString());
      try (TlsContext context = new TlsContext(trust)) {
        return new Mqtt5Client(options.withTlsContext(context).build());
      }
    }
  }
}
