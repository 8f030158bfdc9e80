package io.gympulse.cloud.server;

import io.gympulse.local.broker.Broker;
import io.gympulse.local.broker.BrokerSettings;
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
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

/// The local cloud's broker on a port that it keeps, and credentials of things.
final class TestBroker implements AutoCloseable {
  private final Instant now = ProcessClock.real().instant();
  private final Path directory;
  private final CertificateAuthority authority;
  private final ThingRegistry things;
  private int port;
  private Broker broker;

  TestBroker(Path directory) throws IOException {
    this.directory = directory;
    this.authority = CertificateAuthority.open(directory.resolve("pki"), now);
    this.things = new ThingRegistry(directory.resolve("things"));
    authority
        .forServer(ServerNames.of("127.0.0.1", List.of()), now)
        .writeTogether(directory.resolve("server.pem"));
    this.broker = started();
  }

  private Broker started() throws IOException {
    Broker created =
        new Broker(
            new BrokerSettings(
                "127.0.0.1",
                port,
                directory.resolve("broker"),
                directory.resolve("server.pem"),
                authority.certificateFile(),
                directory.resolve("contacts.json"),
                1),
            things,
            ProcessClock.real());
    created.start((_, _) -> {});
    port = created.port();
    return created;
  }

  void start() throws IOException {
    broker = started();
  }

  void stop() {
    broker.close();
  }

  int port() {
    return port;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  void publish(String topic, byte[] payload) throws IOException {
    broker.publish(topic, payload, 0);
  }

  /// @return the folder with the credentials of an API process
  Path provision(String name) throws IOException {
    return provision(name, Thing.Api::new);
  }

  Path provisionObserver(String name) throws IOException {
    return provision(name, Thing.Observer::new);
  }

  private Path provision(String name, BiFunction<ThingName, String, Thing> kind)
      throws IOException {
    Path folder = Files.createDirectories(directory.resolve(name));
    Issued issued = authority.forThing(name, now);
    issued.write(folder.resolve("certificate.pem"), folder.resolve("private.key"));
    Files.copy(authority.certificateFile(), folder.resolve("root-ca.pem"));
    things.put(kind.apply(new ThingName(name), issued.fingerprint()));
    return folder;
  }

  void revoke(String name) throws IOException {
    var _ = things.revoke(new ThingName(name), now);
  }

  /// The certificate of an authority that did not issue the broker's.
  byte[] otherAuthority() throws IOException {
    return Files.readAllBytes(
        CertificateAuthority.open(directory.resolve("other"), now).certificateFile());
  }

  @Override
  public void close() {
    broker.close();
  }
}
