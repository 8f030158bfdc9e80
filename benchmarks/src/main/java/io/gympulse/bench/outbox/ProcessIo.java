package io.gympulse.bench.outbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Bytes written by this process so far, from `/proc/self/io`.
///
/// @param written bytes passed to write calls (`wchar`)
/// @param dirtied bytes of page cache made dirty for a block device, in whole pages
///     (`write_bytes`)
record ProcessIo(long written, long dirtied) {

  static ProcessIo now() throws IOException {
    long written = 0;
    long dirtied = 0;
    for (String line : Files.readAllLines(Path.of("/proc/self/io"))) {
      if (line.startsWith("wchar: ")) {
        written = Long.parseLong(line.substring("wchar: ".length()));
      } else if (line.startsWith("write_bytes: ")) {
        dirtied = Long.parseLong(line.substring("write_bytes: ".length()));
      }
    }
    return new ProcessIo(written, dirtied);
  }

  ProcessIo since(ProcessIo earlier) {
    return new ProcessIo(written - earlier.written, dirtied - earlier.dirtied);
  }
}
