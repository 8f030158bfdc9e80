package io.gympulse.system.prove;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Records when each line of the gateways' record files was first seen; by then its gateway had
/// detected the event. Thread-safe.
final class RecordFileWatcher implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int CHUNK_BYTES = 65_536;

  private final InstantSource clock;
  private final Map<Path, List<Instant>> lines = new HashMap<>();
  private final Map<Path, Long> read = new HashMap<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("record-file-watcher").unstarted(this::run);

  private RecordFileWatcher(InstantSource clock, List<Path> files) {
    this.clock = clock;
    files.forEach(it -> lines.put(it, new ArrayList<>()));
  }

  /// @param clock of the processes
  static RecordFileWatcher start(InstantSource clock, List<Path> files) {
    RecordFileWatcher watcher = new RecordFileWatcher(clock, files);
    watcher.thread.start();
    return watcher;
  }

  /// When each line of a file was first seen, in order. Lines written after the last poll are
  /// missing.
  synchronized List<Instant> firstSeen(Path file) {
    return List.copyOf(lines.getOrDefault(file, List.of()));
  }

  private void run() {
    try {
      while (true) {
        poll();
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      failure.set(e);
    }
  }

  /// The exception that has stopped the watcher, if any.
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  private synchronized void poll() throws IOException {
    for (Map.Entry<Path, List<Instant>> entry : lines.entrySet()) {
      Path path = entry.getKey();
      if (Files.exists(path)) {
        int added = newLines(path);
        Instant now = clock.instant();
        for (int i = 0; i < added; i++) {
          entry.getValue().add(now);
        }
      }
    }
  }

  private int newLines(Path path) throws IOException {
    int found = 0;
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(read.getOrDefault(path, 0L));
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int length = file.read(chunk); length > 0; length = file.read(chunk)) {
        for (int i = 0; i < length; i++) {
          found += chunk[i] == '\n' ? 1 : 0;
        }
        read.merge(path, (long) length, Long::sum);
      }
    }
    return found;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
