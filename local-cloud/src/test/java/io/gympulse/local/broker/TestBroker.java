package io.gympulse.local.broker;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.local.pki.CertificateAuthority;
import io.gympulse.local.pki.CertificateAuthority.Issued;
import io.gympulse.local.pki.ServerNames;
import io.gympulse.local.things.Thing;
import io.gympulse.local.things.ThingName;
import io.gympulse.local.things.ThingRegistry;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/// A broker on a free port with an authority, a registry and what devices published.
final class TestBroker implements AutoCloseable {

  final Instant now = InstantSource.system().instant();

  final List<String> published = Collections.synchronizedList(new ArrayList<>());
  final List<String> oversized = Collections.synchronizedList(new ArrayList<>());
  final CertificateAuthority authority;
  final ThingRegistry things;
  private final Path directory;
  private final BrokerLimits limits;
  private Broker broker;

  TestBroker(Path directory) throws IOException {
    this(directory, BrokerLimits.IOT_CORE);
  }

  TestBroker(Path directory, BrokerLimits limits) throws IOException {
    this.directory = directory;
    this.limits = limits;
    this.authority = CertificateAuthority.open(directory.resolve("pki"), now);
    this.things = new ThingRegistry(directory.resolve("things"));
    ServerNames names = ServerNames.of("127.0.0.1", List.of());
    authority.forServer(names, now).writeTogether(directory.resolve("server.pem"));
    this.broker = start();
  }

  void restart() throws IOException {
    broker.close();
    broker = start();
  }

  Broker broker() {
    return broker;
  }

  /// Registers a gateway of gym-1.
  Issued provision(String name) throws IOException {
    Issued issued = authority.forThing(name, now);
    GatewayAddress address = new GatewayAddress(new GymId("gym-1"), new GatewayId(name));
    things.put(new Thing.Gateway(address, issued.fingerprint()));
    return issued;
  }

  Issued provisionObserver(String name) throws IOException {
    Issued issued = authority.forThing(name, now);
    things.put(new Thing.Observer(new ThingName(name), issued.fingerprint()));
    return issued;
  }

  Issued provisionApi(String name) throws IOException {
    Issued issued = authority.forThing(name, now);
    things.put(new Thing.Api(new ThingName(name), issued.fingerprint()));
    return issued;
  }

  Mqtt5BlockingClient client(String clientId, Optional<Issued> identity) throws Exception {
    return Mqtt5Client.builder()
        .identifier(clientId)
        .serverHost("127.0.0.1")
        .serverPort(broker.port())
        .sslConfig(tls(identity))
        .buildBlocking();
  }

  Mqtt5BlockingClient connected(String name, Issued identity) throws Exception {
    Mqtt5BlockingClient client = client(name, Optional.of(identity));
    client.connect();
    return client;
  }

  private MqttClientSslConfig tls(Optional<Issued> identity) throws Exception {
    var builder = MqttClientSslConfig.builder().trustManagerFactory(trust());
    if (identity.isPresent()) {
      builder = builder.keyManagerFactory(keys(identity.get()));
    }
    return builder.build();
  }

  Certificate root() throws GeneralSecurityException, IOException {
    try (var in = Files.newInputStream(authority.certificateFile())) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private TrustManagerFactory trust() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("root", root());
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }

  static KeyManagerFactory keys(Issued issued) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    char[] password = "in memory only".toCharArray();
    Certificate[] chain = {issued.certificate()};
    store.setKeyEntry("device", issued.privateKey(), password, chain);
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory;
  }

  private Broker start() throws IOException {
    var settings =
        new BrokerSettings(
            "127.0.0.1",
            0,
            directory.resolve("broker"),
            directory.resolve("server.pem"),
            authority.certificateFile(),
            directory.resolve("contacts.json"),
            1);
    Broker starting = new Broker(settings, things, ProcessClock.real(), limits);
    starting.start(
        new Broker.PublishListener() {
          @Override
          public void published(String topic, byte[] payload) {
            published.add(topic + " " + payload.length);
          }

          @Override
          public void oversized(String topic, byte[] head) {
            oversized.add(topic + " " + head.length);
          }
        });
    return starting;
  }

  @Override
  public void close() {
    broker.close();
  }
}
