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

/// Creates clients for TLS with certificates on both sides.
///
/// The clients queue nothing while offline, as the outbox does that, and do not limit the rate of
/// publishing, as `edge.sync` keeps to AWS IoT Core's.
final class MutualTlsClientFactory implements MqttUplink.ClientFactory {
  private final UplinkSettings.Direct settings;
  private final String clientId;

  /// @throws software.amazon.awssdk.crt.CrtRuntimeException if the PEM files cannot be used
  MutualTlsClientFactory(UplinkSettings.Direct settings, String clientId) {
    this.settings = settings;
    this.clientId = clientId;
    requireUsable(settings);
  }

  /// The builder would report unusable files only when the client is created.
  private static void requireUsable(UplinkSettings.Direct settings) {
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
