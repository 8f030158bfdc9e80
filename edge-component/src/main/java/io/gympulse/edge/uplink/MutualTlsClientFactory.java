package io.gympulse.edge.uplink;

import java.util.Optional;
import software.amazon.awssdk.crt.CrtRuntimeException;
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

/// Creates clients for TLS with certificates on both sides, each with the credentials that are
/// current then.
///
/// The clients queue nothing while offline, as the outbox does that, and do not limit the rate of
/// publishing, as `edge.sync` keeps to AWS IoT Core's.
final class MutualTlsClientFactory implements MqttUplink.ClientFactory {
  private final UplinkSettings.Direct settings;
  private final String clientId;
  private final CredentialRotation credentials;
  private volatile Optional<CredentialFiles> usable = Optional.empty();

  /// @throws CredentialsException if the files cannot be used
  MutualTlsClientFactory(UplinkSettings.Direct settings, String clientId)
      throws CredentialsException {
    this.settings = settings;
    this.clientId = clientId;
    this.credentials = new CredentialRotation(this::read);
  }

  /// The builder would report unusable files only when the client is created.
  private CredentialFiles read() throws CredentialsException {
    CredentialFiles files = CredentialFiles.read(settings);
    if (!Optional.of(files).equals(usable)) {
      try (TlsContextOptions options =
          TlsContextOptions.createWithMtls(files.certificate(), files.privateKey())) {
        options.withCertificateAuthority(files.rootCa());
        new TlsContext(options).close();
      } catch (CrtRuntimeException e) {
        throw new CredentialsException(
            "certificate %s, privateKey %s and rootCa %s cannot be used together (%s); give PEM files that belong together"
                .formatted(
                    settings.certificate(),
                    settings.privateKey(),
                    settings.rootCa(),
                    e.getMessage()));
      }
      usable = Optional.of(files);
    }
    return files;
  }

  @Override
  public boolean renew() {
    return credentials.renew();
  }

  @Override
  public void connected() {
    credentials.connected();
  }

  @Override
  public boolean failed() {
    return credentials.failed();
  }

  @Override
  public Mqtt5Client create(LifecycleEvents lifecycle, PublishEvents publishes) {
    CredentialFiles files = credentials.current();
    try (SocketOptions socket = new SocketOptions();
        AwsIotMqtt5ClientBuilder builder =
            AwsIotMqtt5ClientBuilder.newDirectMqttBuilderWithMtlsFromMemory(
                settings.host(), files.certificate(), files.privateKey())) {
      socket.connectTimeoutMs = 10_000;
      return builder
          .withCertificateAuthority(files.rootCa())
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
