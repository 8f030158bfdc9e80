package io.gympulse.system.environment;

import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/// Writes the file given to a gateway by `--clock-file`: boot id, boot time, offset of the wall
/// clock and whether it is synchronised. [#reboot] begins a new boot. Thread-safe.
public final class ClockFile {
  private final Path path;
  private final ProcessClock trueClock;
  private final String bootPrefix;
  private final Map<String, Instant> bootTimes = new LinkedHashMap<>();
  private String boot = "";

  /// Begins the first boot, with a synchronised clock.
  ///
  /// @param bootPrefix of the boot ids; a dash and the boot's number follow
  ClockFile(Path path, ProcessClock trueClock, String bootPrefix) throws IOException {
    this.path = path;
    this.trueClock = trueClock;
    this.bootPrefix = bootPrefix;
    beginBoot();
    write(Duration.ZERO, true);
  }

  Path path() {
    return path;
  }

  /// Begins a new boot with a wrong, unsynchronised clock; the gateway must have ended.
  public synchronized void reboot(Duration wallOffset) throws IOException {
    beginBoot();
    write(wallOffset, false);
  }

  /// The true time at which a boot began.
  public synchronized Optional<Instant> bootedAt(String id) {
    return Optional.ofNullable(bootTimes.get(id));
  }

  private void beginBoot() {
    boot = bootPrefix + "-" + (bootTimes.size() + 1);
    bootTimes.put(boot, trueClock.instant());
  }

  /// Sets the wall clock wrong by an offset, within the same boot.
  public synchronized void desynchronise(Duration wallOffset) throws IOException {
    write(wallOffset, false);
  }

  /// Sets the wall clock right, as a time server does.
  public synchronized void synchronise() throws IOException {
    write(Duration.ZERO, true);
  }

  private void write(Duration wallOffset, boolean synchronised) throws IOException {
    Properties clocks = new Properties();
    clocks.setProperty("boot", boot);
    clocks.setProperty("bootedAt", Objects.requireNonNull(bootTimes.get(boot)).toString());
    clocks.setProperty("wallOffsetSeconds", Long.toString(wallOffset.toSeconds()));
    clocks.setProperty("synchronised", Boolean.toString(synchronised));
    Path next = path.resolveSibling(path.getFileName() + ".next");
    try (Writer writer = Files.newBufferedWriter(next)) {
      clocks.store(writer, null);
    }
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
