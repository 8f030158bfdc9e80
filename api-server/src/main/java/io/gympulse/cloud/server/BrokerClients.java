package io.gympulse.cloud.server;

import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.io.SocketOptions;
import software.amazon.awssdk.crt.io.TlsContext;
import software.amazon.awssdk.crt.io.TlsContextOptions;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.ClientSessionBehavior;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.LifecycleEvents;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.PublishEvents;
import software.amazon.awssdk.iot.AwsIotMqtt5ClientBuilder;

/// Creates MQTT 5 clients with mutual TLS that reconnect by themselves, after 1 s to 10 s. A client
/// keeps no session: what was published while it was disconnected is not delivered later.
final class BrokerClients implements UpdatesSubscription.ClientFactory {
  private final BrokerSettings settings;

  /// @throws IllegalArgumentException if the PEM files cannot be used together
  BrokerClients(BrokerSettings settings) {
    this.settings = settings;
    requireUsable(settings);
  }

  /// The builder would report unusable files only when the client is created.
  private static void requireUsable(BrokerSettings settings) {
    try (TlsContextOptions options =
        TlsContextOptions.createWithMtlsFromPath(
            settings.certificate().toString(), settings.privateKey().toString())) {
      options.withCertificateAuthorityFromPath(null, settings.rootCa().toString());
      new TlsContext(options).close();
    } catch (CrtRuntimeException e) {
      throw new IllegalArgumentException(
          "--credentials %s: the PEM files cannot be used together (%s); provision again"
              .formatted(settings.credentials(), e.getMessage()),
          e);
    }
  }

  @Override
  public Mqtt5Client create(LifecycleEvents lifecycle, PublishEvents publishes) {
    try (SocketOptions socket = new SocketOptions();
        AwsIotMqtt5ClientBuilder builder =
            AwsIotMqtt5ClientBuilder.newDirectMqttBuilderWithMtlsFromPath(
                settings.host(),
                settings.certificate().toString(),
                settings.privateKey().toString())) {
      socket.connectTimeoutMs = 10_000;
      return builder
          .withCertificateAuthorityFromPath(null, settings.rootCa().toString())
          .withPort((long) settings.port())
          .withSocketOptions(socket)
          .withClientId(settings.clientId())
          .withKeepAliveIntervalSeconds(30L)
          .withSessionBehavior(ClientSessionBehavior.CLEAN)
          .withMinReconnectDelayMs(1_000L)
          .withMaxReconnectDelayMs(10_000L)
          .withMinConnectedTimeToResetReconnectDelayMs(5_000L)
          .withConnackTimeoutMs(10_000L)
          .withPingTimeoutMs(10_000L)
          .withAckTimeoutSeconds(20L)
          .withLifeCycleEvents(lifecycle)
          .withPublishEvents(publishes)
          .build();
    }
  }
}
