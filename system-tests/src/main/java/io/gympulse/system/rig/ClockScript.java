package io.gympulse.system.rig;

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

/// The file that a gateway takes its clocks from while they are made to go wrong. A boot begins
/// when [#reboot] is called, whatever its wall clock shows.
public final class ClockScript {
  private final Path file;
  private final ProcessClock truth;
  private final String name;
  private final Map<String, Instant> boots = new LinkedHashMap<>();
  private String boot = "";

  /// Begins a first boot, with a clock that is right.
  ///
  /// @param name what its boots are called, a number added
  ClockScript(Path file, ProcessClock truth, String name) throws IOException {
    this.file = file;
    this.truth = truth;
    this.name = name;
    begin();
    write(Duration.ZERO, true);
  }

  Path file() {
    return file;
  }

  /// The machine starts anew; its processes must have ended.
  public synchronized void reboot(Duration wallOffset) throws IOException {
    begin();
    write(wallOffset, false);
  }

  /// When a boot truly began.
  public synchronized Optional<Instant> bootedAt(String id) {
    return Optional.ofNullable(boots.get(id));
  }

  private void begin() {
    boot = name + "-" + (boots.size() + 1);
    boots.put(boot, truth.instant());
  }

  /// Somebody sets the clock wrong by so much.
  public synchronized void desynchronise(Duration wallOffset) throws IOException {
    write(wallOffset, false);
  }

  /// A time server is heard: from here on the clock is right.
  public synchronized void synchronise() throws IOException {
    write(Duration.ZERO, true);
  }

  private void write(Duration wallOffset, boolean synchronised) throws IOException {
    Properties script = new Properties();
    script.setProperty("boot", boot);
    script.setProperty("bootedAt", Objects.requireNonNull(boots.get(boot)).toString());
    script.setProperty("wallOffsetSeconds", Long.toString(wallOffset.toSeconds()));
    script.setProperty("synchronised", Boolean.toString(synchronised));
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try (Writer writer = Files.newBufferedWriter(next)) {
      script.store(writer, null);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
