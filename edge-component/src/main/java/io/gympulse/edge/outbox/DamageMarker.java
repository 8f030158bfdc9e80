package io.gympulse.edge.outbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file beside the database that marks it as damaged and says how that was found. The checks at
/// opening do not find all damage: without the marker, the next process would use the same file
/// again. Safe for any number of threads.
final class DamageMarker {
  private static final Logger LOG = LoggerFactory.getLogger(DamageMarker.class);

  private final Path file;

  DamageMarker(Path file) {
    this.file = file;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /// Writes the marker and flushes it to the disk. If the disk rejects even that, only the next
  /// process's own checks can find the damage.
  void write(Throwable damage) {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
      channel.write(ByteBuffer.wrap((damage + "\n").getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
      folder.force(true);
    } catch (IOException e) {
      LOG.error("the outbox is damaged ({}), but {} cannot be written: {}", damage, file, e);
    }
  }
}
