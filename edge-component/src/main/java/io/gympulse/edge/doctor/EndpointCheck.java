package io.gympulse.edge.doctor;

import io.gympulse.edge.uplink.CredentialsException;
import io.gympulse.edge.uplink.PemCredentials;
import io.gympulse.edge.uplink.TlsDiagnosis;
import io.gympulse.edge.uplink.UplinkSettings;
import io.gympulse.edge.uplink.UplinkSettings.Direct;
import io.gympulse.edge.uplink.UplinkSettings.Greengrass;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/// The way to the cloud: a TLS connection with the gateway's certificate, or the nucleus's socket.
///
/// @param limit for the connection and for each answer
record EndpointCheck(UplinkSettings settings, Duration limit) implements Check {

  @Override
  public String name() {
    return "endpoint";
  }

  @Override
  public Finding run() {
    return switch (settings) {
      case Direct it -> direct(it);
      case Greengrass it ->
          Files.exists(it.nucleus().socket())
              ? Finding.ok("the nucleus's socket %s is there".formatted(it.nucleus().socket()))
              : Finding.failed(
                  "the nucleus's socket %s is not there".formatted(it.nucleus().socket()),
                  "see that the nucleus runs: systemctl status greengrass");
    };
  }

  private Finding direct(Direct direct) {
    try {
      Optional<String> fault = TlsDiagnosis.fault(direct, PemCredentials.read(direct), limit);
      return fault
          .map(Finding::failed)
          .orElseGet(
              () ->
                  Finding.ok(
                      "%s:%d takes a TLS connection with the gateway's certificate"
                          .formatted(direct.host(), direct.port())));
    } catch (CredentialsException e) {
      return Finding.skipped("without a usable certificate");
    }
  }
}
