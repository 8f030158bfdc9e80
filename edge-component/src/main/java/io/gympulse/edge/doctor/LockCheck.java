package io.gympulse.edge.doctor;

import io.gympulse.process.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Whether a gateway runs with a data folder: it holds the lock of the outbox.
///
/// @param folder the data folder
record LockCheck(Path folder) implements Check {
  private static final String LOCK = "outbox.lock";

  @Override
  public String name() {
    return "lock";
  }

  @Override
  public Finding run() throws IOException {
    return Finding.ok(
        isHeld()
            ? "a gateway runs with %s".formatted(folder)
            : "no gateway runs with %s".formatted(folder));
  }

  /// The lock is taken for a moment if it is free. Its file is not created.
  ///
  /// @throws IOException if this user may not open the file
  boolean isHeld() throws IOException {
    Path file = folder.resolve(LOCK);
    if (!Files.exists(file)) {
      return false;
    }
    Optional<ProcessLock> free = ProcessLock.take(file);
    if (free.isPresent()) {
      free.get().close();
    }
    return free.isEmpty();
  }
}
