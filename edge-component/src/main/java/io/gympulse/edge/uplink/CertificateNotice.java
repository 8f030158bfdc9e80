package io.gympulse.edge.uplink;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs once a day that a gateway's certificate ends soon, or has ended. For one thread at a time.
final class CertificateNotice {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateNotice.class);
  private static final Duration INTERVAL = Duration.ofDays(1);

  private final UplinkSettings.Direct settings;
  private Optional<Instant> logged = Optional.empty();

  CertificateNotice(UplinkSettings.Direct settings) {
    this.settings = settings;
  }

  /// Looks at the certificate on the disk. To be called more often than once a day.
  ///
  /// @param now the wall clock
  /// @return what was logged
  Optional<String> check(Instant now) {
    if (logged.filter(it -> now.isBefore(it.plus(INTERVAL))).isPresent()) {
      return Optional.empty();
    }
    Optional<String> notice = notice(now);
    notice.ifPresent(
        it -> {
          LOG.warn("uplink: {}", it);
          logged = Optional.of(now);
        });
    return notice;
  }

  private Optional<String> notice(Instant now) {
    CertificateExpiry expiry;
    try {
      expiry = PemCredentials.read(settings).expiry();
    } catch (CredentialsException e) {
      return Optional.empty();
    }
    return switch (expiry.state(now)) {
      case VALID -> Optional.empty();
      case ENDS_SOON ->
          Optional.of(
              "the certificate %s ends in %d days; provision the gateway again, with --replace"
                  .formatted(settings.certificate(), expiry.daysLeft(now)));
      case ENDED ->
          Optional.of(
              "the certificate %s has ended; provision the gateway again, with --replace"
                  .formatted(settings.certificate()));
    };
  }
}
