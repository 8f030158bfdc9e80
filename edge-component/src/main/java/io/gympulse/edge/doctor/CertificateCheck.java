package io.gympulse.edge.doctor;

import io.gympulse.edge.uplink.CertificateExpiry;
import io.gympulse.edge.uplink.CredentialsException;
import io.gympulse.edge.uplink.PemCredentials;
import io.gympulse.edge.uplink.UplinkSettings.Direct;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/// The certificate, its key and the cloud's root: readable, a pair, of a usable form, not expired,
/// and the key is the gateway's own secret.
///
/// @param time the wall clock
record CertificateCheck(Direct settings, InstantSource time) implements Check {

  @Override
  public String name() {
    return "certificate";
  }

  @Override
  public Finding run() throws IOException {
    PemCredentials credentials;
    try {
      credentials = PemCredentials.read(settings);
    } catch (CredentialsException e) {
      return Finding.failed(String.valueOf(e.getMessage()));
    }
    CertificateExpiry expiry = credentials.expiry();
    Instant now = time.instant();
    String seen =
        "%s (%s) with its key, valid until %s"
            .formatted(
                settings.certificate(),
                credentials.certificate().getPublicKey().getAlgorithm(),
                expiry.at());
    String renew = "provision the gateway again, with --replace";
    if (now.isBefore(credentials.certificate().getNotBefore().toInstant())) {
      return Finding.failed(
          "%s is valid from %s, later than this machine's time"
              .formatted(
                  settings.certificate(), credentials.certificate().getNotBefore().toInstant()),
          "set the clock");
    }
    return switch (expiry.state(now)) {
      case ENDED ->
          Finding.failed("%s ended at %s".formatted(settings.certificate(), expiry.at()), renew);
      case ENDS_SOON ->
          Finding.warning("%s, in %d days".formatted(seen, expiry.daysLeft(now)), renew);
      case VALID ->
          isOpenToOthers(settings.privateKey())
              ? Finding.warning(
                  "%s can be read by every user".formatted(settings.privateKey()),
                  "chmod 600 " + settings.privateKey())
              : Finding.ok(seen);
    };
  }

  private static boolean isOpenToOthers(Path key) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(key);
    return permissions.contains(PosixFilePermission.OTHERS_READ);
  }
}
