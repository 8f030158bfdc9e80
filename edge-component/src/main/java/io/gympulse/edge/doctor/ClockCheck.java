package io.gympulse.edge.doctor;

import io.gympulse.edge.configuration.GatewayConfiguration.ClockTrust;
import io.gympulse.edge.time.KernelClocks;
import io.gympulse.edge.time.MachineClocks;
import io.gympulse.edge.time.MachineClocks.WallReading;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Whether the kernel counts the wall clock as synchronised, and how far it is from another time.
///
/// @param clocks the kernel's; empty on another system than Linux
/// @param reference the time of a server; empty if there is none
record ClockCheck(
    ClockTrust trust, Optional<MachineClocks> clocks, Supplier<Optional<Instant>> reference)
    implements Check {
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  static ClockCheck ofMachine(ClockTrust trust, Supplier<Optional<Instant>> reference)
      throws IOException {
    return new ClockCheck(
        trust,
        KernelClocks.available() ? Optional.of(KernelClocks.open()) : Optional.empty(),
        reference);
  }

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public Finding run() {
    if (clocks.isEmpty()) {
      return trust == ClockTrust.TRUSTED
          ? Finding.ok("'clock' is 'trusted'; this system does not say whether it is synchronised")
          : Finding.failed(
              "key 'clock': found 'kernel', but this machine does not run Linux",
              "give 'trusted' if its clock is kept synchronised");
    }
    // Read first, as the answer takes time; it is in whole seconds.
    Optional<Instant> other = reference.get();
    WallReading wall = clocks.get().readWall();
    Optional<Duration> error =
        other.map(it -> Duration.between(it, wall.at())).filter(ClockCheck::isLarge);
    if (error.isPresent()) {
      return Finding.failed(
          "the clock is %d s from the cloud's".formatted(error.get().toSeconds()),
          "let a time service set it: timedatectl set-ntp true");
    }
    String compared = other.isPresent() ? ", and the cloud's time is the same" : "";
    if (wall.synchronised()) {
      return Finding.ok("the kernel counts the clock as synchronised" + compared);
    }
    return trust == ClockTrust.TRUSTED
        ? Finding.ok(
            "'clock' is 'trusted'; the kernel does not count it as synchronised" + compared)
        : Finding.warning(
            "the kernel does not count the clock as synchronised" + compared + ": events wait",
            "install a time service such as chrony, or give 'clock' as 'trusted' if another"
                + " program sets it");
  }

  private static boolean isLarge(Duration error) {
    return error.abs().compareTo(TOLERANCE) > 0;
  }
}
