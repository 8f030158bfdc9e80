package io.gympulse.local.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.local.pki.CertificateAuthority.Issued;
import java.io.ByteArrayInputStream;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir Path directory;

  @Test
  void a_later_start_continues_with_the_same_authority() throws Exception {
    Issued earlier = CertificateAuthority.open(directory, NOW).forThing("gw-1", NOW);

    CertificateAuthority again = CertificateAuthority.open(directory, NOW.plusSeconds(60));

    earlier.certificate().verify(root(again).getPublicKey());
  }

  @Test
  void a_things_certificate_has_its_name_and_is_for_clients_only() throws Exception {
    Issued issued = CertificateAuthority.open(directory, NOW).forThing("gw-1", NOW);

    assertThat(issued.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=gw-1");
    assertThat(issued.certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(issued.certificate().getBasicConstraints()).isEqualTo(-1);
    assertThat(issued.fingerprint()).matches("[0-9a-f]{64}");
  }

  @Test
  void the_servers_certificate_names_localhost_and_the_loopback() throws Exception {
    Issued issued =
        CertificateAuthority.open(directory, NOW)
            .forServer(ServerNames.of("192.0.2.7", List.of("Cloud.example", "2001:db8::7")), NOW);

    assertThat(issued.certificate().getSubjectAlternativeNames())
        .contains(List.of(2, "localhost"), List.of(7, "127.0.0.1"), List.of(7, "192.0.2.7"))
        .contains(List.of(2, "cloud.example"), List.of(7, "2001:db8:0:0:0:0:0:7"));
  }

  @Test
  void the_servers_certificate_is_kept_while_it_is_usable() throws Exception {
    CertificateAuthority authority = CertificateAuthority.open(directory, NOW);
    Path file = directory.resolve("server.pem");
    ServerNames own = ServerNames.of("127.0.0.1", List.of());
    ServerIdentity.ensure(authority, own, file, NOW);
    String first = Files.readString(file);

    ServerIdentity.ensure(authority, own, file, NOW.plusSeconds(60));
    assertThat(file).hasContent(first);

    ServerIdentity.ensure(authority, ServerNames.of("192.0.2.7", List.of()), file, NOW);
    assertThat(Files.readString(file)).isNotEqualTo(first);
  }

  @Test
  void a_damaged_certificate_of_the_server_is_renamed_and_replaced() throws Exception {
    CertificateAuthority authority = CertificateAuthority.open(directory, NOW);
    Path file = directory.resolve("server.pem");
    ServerNames own = ServerNames.of("127.0.0.1", List.of());
    ServerIdentity.ensure(authority, own, file, NOW);
    String whole = Files.readString(file);
    for (String damaged :
        List.of(
            "",
            whole.substring(0, whole.length() / 2),
            whole.substring(whole.indexOf("-----BEGIN CERTIFICATE")))) {
      Files.writeString(file, damaged);
      ServerIdentity.ensure(authority, own, file, NOW);
      assertThat(Files.readString(file)).contains("BEGIN PRIVATE KEY", "END CERTIFICATE");
      assertThat(directory.resolve("server.pem.damaged")).hasContent(damaged);
    }
  }

  @Test
  void a_server_on_every_address_has_the_names_of_the_machine_and_no_wildcard() throws Exception {
    ServerNames names = ServerNames.of("0.0.0.0", List.of());

    assertThat(names.addresses()).contains("127.0.0.1").doesNotContain("0.0.0.0");
    assertThat(NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses))
        .allSatisfy(
            it -> assertThat(names.addresses()).contains(it.getHostAddress().split("%", -1)[0]));
    assertThatThrownBy(() -> ServerNames.of("127.0.0.1", List.of("no name")))
        .hasMessageContaining("--name: 'no name'");
  }

  @Test
  void key_files_are_readable_by_their_owner_only() throws Exception {
    Path certificate = directory.resolve("certificate.pem");
    Path key = directory.resolve("private.key");

    CertificateAuthority.open(directory, NOW).forThing("gw-1", NOW).write(certificate, key);

    for (Path file : List.of(key, directory.resolve("root-ca.key"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(certificate).content().startsWith("-----BEGIN CERTIFICATE-----\n");
  }

  private static X509Certificate root(CertificateAuthority authority) throws Exception {
    byte[] pem = authority.certificatePem().getBytes(StandardCharsets.US_ASCII);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
  }
}
