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

/// A file beside the database which tells that this is damaged, and by what that was found. The
/// checks of an opening don't find all damage: without the marker, the next process would trust the
/// same file again. Safe for any number of threads.
final class DamageMarker {
  private static final Logger LOG = LoggerFactory.getLogger(DamageMarker.class);

  private final Path file;

  DamageMarker(Path file) {
    this.file = file;
  }

  boolean isThere() {
    return Files.exists(file);
  }

  /// Leaves the marker, flushed to the disk. If the disk refuses even that, the next process has to
  /// find the damage anew.
  void leave(Throwable damage) {
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
