package io.gympulse.edge.uplink;

import software.amazon.awssdk.crt.io.SocketOptions;
import software.amazon.awssdk.crt.io.TlsContext;
import software.amazon.awssdk.crt.io.TlsContextOptions;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.ClientOfflineQueueBehavior;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.ClientSessionBehavior;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.ExtendedValidationAndFlowControlOptions;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.LifecycleEvents;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.PublishEvents;
import software.amazon.awssdk.iot.AwsIotMqtt5ClientBuilder;

/// Clients that show a certificate and demand one.
///
/// They keep nothing while offline, as the outbox does, and leave the rate of publishing to the
/// sending side, which keeps to AWS IoT Core's.
final class MutualTls implements MqttClients {
  private final UplinkSettings settings;
  private final String clientId;

  /// @throws software.amazon.awssdk.crt.CrtRuntimeException if the PEM files cannot be used
  MutualTls(UplinkSettings settings, String clientId) {
    this.settings = settings;
    this.clientId = clientId;
    requireUsable(settings);
  }

  /// The builder would only find out when the client is made.
  private static void requireUsable(UplinkSettings settings) {
    try (TlsContextOptions options =
        TlsContextOptions.createWithMtlsFromPath(
            settings.certificate().toString(), settings.privateKey().toString())) {
      options.withCertificateAuthorityFromPath(null, settings.rootCa().toString());
      new TlsContext(options).close();
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
          .withClientId(clientId)
          .withKeepAliveIntervalSeconds(30L)
          .withSessionBehavior(ClientSessionBehavior.CLEAN)
          .withOfflineQueueBehavior(ClientOfflineQueueBehavior.FAIL_ALL_ON_DISCONNECT)
          .withExtendedValidationAndFlowControlOptions(ExtendedValidationAndFlowControlOptions.NONE)
          .withMinReconnectDelayMs(1_000L)
          .withMaxReconnectDelayMs(30_000L)
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
