package io.gympulse.edge.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScreenIdentityTest {
  @TempDir private Path folder;

  @Test
  void a_certificate_is_signed_by_its_own_key_and_valid_at_any_time() throws Exception {
    X509Certificate certificate = ScreenIdentity.of(folder, "downtown-gw", "pi").certificate();
    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity(Date.from(Instant.parse("2025-01-01T00:00:00Z")));
    certificate.checkValidity(Date.from(Instant.parse("2199-01-01T00:00:00Z")));
    assertThat(certificate.getSubjectX500Principal()).hasToString("CN=downtown-gw");
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(it -> it.get(1))
        .isEqualTo(List.of("localhost", "pi", "pi.local"));
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getKeyUsage()).startsWith(true, false);
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate.getSerialNumber()).isPositive();
    assertThat(certificate.getVersion()).isEqualTo(3);
  }

  @Test
  void it_is_made_once_and_only_its_owner_reads_the_key() throws Exception {
    ScreenIdentity made = ScreenIdentity.of(folder, "downtown-gw", "pi");
    ScreenIdentity read = ScreenIdentity.of(folder, "downtown-gw", "pi");
    assertThat(read).isEqualTo(made);
    assertThat(read.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    assertThat(Files.getPosixFilePermissions(folder.resolve("screen.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void damaged_files_are_named_with_a_remedy() throws Exception {
    Files.writeString(folder.resolve("screen.key"), "x");
    Files.writeString(folder.resolve("screen.pem"), "x");
    assertThatThrownBy(() -> ScreenIdentity.of(folder, "downtown-gw", "pi"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("remove both");
  }

  @Test
  void long_numbers_and_lengths_are_encoded() {
    assertThat(DerWriter.objectId("1.2.840.113549"))
        .isEqualTo(new byte[] {6, 6, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d});
    assertThat(DerWriter.octets(new byte[200])).startsWith(4, 0x81, 200).hasSize(203);
    assertThat(DerWriter.octets(new byte[300])).startsWith(4, 0x82, 1, 44).hasSize(304);
  }
}
