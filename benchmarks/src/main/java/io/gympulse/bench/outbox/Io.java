package io.gympulse.bench.outbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What this process has written so far, by Linux's own count.
///
/// @param handed bytes handed to write calls
/// @param dirtied bytes of page cache made dirty for a block device, in whole pages
record Io(long handed, long dirtied) {

  static Io now() throws IOException {
    long handed = 0;
    long dirtied = 0;
    for (String line : Files.readAllLines(Path.of("/proc/self/io"))) {
      if (line.startsWith("wchar: ")) {
        handed = Long.parseLong(line.substring("wchar: ".length()));
      } else if (line.startsWith("write_bytes: ")) {
        dirtied = Long.parseLong(line.substring("write_bytes: ".length()));
      }
    }
    return new Io(handed, dirtied);
  }

  Io since(Io earlier) {
    return new Io(handed - earlier.handed, dirtied - earlier.dirtied);
  }
}
