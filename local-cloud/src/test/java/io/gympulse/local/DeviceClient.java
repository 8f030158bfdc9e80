package io.gympulse.local;

import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions;
import software.amazon.awssdk.crt.mqtt5.OnAttemptingConnectReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionFailureReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionSuccessReturn;
import software.amazon.awssdk.crt.mqtt5.OnDisconnectionReturn;
import software.amazon.awssdk.crt.mqtt5.OnStoppedReturn;
import software.amazon.awssdk.crt.mqtt5.QOS;
import software.amazon.awssdk.crt.mqtt5.packets.ConnectPacket.ConnectPacketBuilder;
import software.amazon.awssdk.crt.mqtt5.packets.PublishPacket.PublishPacketBuilder;
import software.amazon.awssdk.crt.mqtt5.packets.SubscribePacket.SubscribePacketBuilder;
import software.amazon.awssdk.iot.AwsIotMqtt5ClientBuilder;

/// The MQTT 5 client of the AWS IoT device SDK, with the files of provisioning.
final class DeviceClient implements AutoCloseable {

  private static final long LIMIT_SECONDS = 10;

  private final Mqtt5Client client;
  private final BlockingQueue<byte[]> received;

  private DeviceClient(Mqtt5Client client, BlockingQueue<byte[]> received) {
    this.client = client;
    this.received = received;
  }

  static DeviceClient connect(Path kit, String thing, int port) throws Exception {
    BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    CompletableFuture<Void> connected = new CompletableFuture<>();
    try (AwsIotMqtt5ClientBuilder builder =
        AwsIotMqtt5ClientBuilder.newDirectMqttBuilderWithMtlsFromPath(
            "127.0.0.1",
            kit.resolve("certificate.pem").toString(),
            kit.resolve("private.key").toString())) {
      Mqtt5Client client =
          builder
              .withCertificateAuthorityFromPath(null, kit.resolve("root-ca.pem").toString())
              .withPort((long) port)
              .withConnectProperties(new ConnectPacketBuilder().withClientId(thing))
              .withLifeCycleEvents(new Events(connected))
              .withPublishEvents(
                  (source, message) -> received.add(message.getPublishPacket().getPayload()))
              .build();
      client.start();
      connected.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      return new DeviceClient(client, received);
    }
  }

  void subscribe(String filter) throws Exception {
    client
        .subscribe(new SubscribePacketBuilder().withSubscription(filter, QOS.AT_LEAST_ONCE).build())
        .get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  void publish(String topic, byte[] payload) throws Exception {
    client
        .publish(new PublishPacketBuilder(topic, QOS.AT_LEAST_ONCE, payload).build())
        .get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /// The next message; waits up to ten seconds.
  byte[] take() throws InterruptedException {
    byte[] payload = received.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (payload == null) {
      throw new AssertionError("nothing came");
    }
    return payload;
  }

  @Override
  public void close() {
    client.stop();
    client.close();
  }

  private record Events(CompletableFuture<Void> connected)
      implements Mqtt5ClientOptions.LifecycleEvents {

    @Override
    public void onAttemptingConnect(Mqtt5Client client, OnAttemptingConnectReturn event) {}

    @Override
    public void onConnectionSuccess(Mqtt5Client client, OnConnectionSuccessReturn event) {
      connected.complete(null);
    }

    @Override
    public void onConnectionFailure(Mqtt5Client client, OnConnectionFailureReturn event) {
      connected.completeExceptionally(new AssertionError(event.getErrorCode()));
    }

    @Override
    public void onDisconnection(Mqtt5Client client, OnDisconnectionReturn event) {}

    @Override
    public void onStopped(Mqtt5Client client, OnStoppedReturn event) {}
  }
}
