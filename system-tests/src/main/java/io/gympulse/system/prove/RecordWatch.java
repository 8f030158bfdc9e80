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

/// Notes when each line of the gateways' record files was first there: from then on its gateway
/// certainly knew of the event. Thread-safe.
final class RecordWatch implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int PIECE = 65_536;

  private final InstantSource clock;
  private final Map<Path, List<Instant>> lines = new HashMap<>();
  private final Map<Path, Long> read = new HashMap<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("record-watch").unstarted(this::run);

  private RecordWatch(InstantSource clock, List<Path> files) {
    this.clock = clock;
    files.forEach(it -> lines.put(it, new ArrayList<>()));
  }

  /// @param clock the one that the processes run by
  static RecordWatch start(InstantSource clock, List<Path> files) {
    RecordWatch watch = new RecordWatch(clock, files);
    watch.thread.start();
    return watch;
  }

  /// When the lines of a file were first there, in their order. A line that was never looked at is
  /// not among them.
  synchronized List<Instant> seen(Path file) {
    return List.copyOf(lines.getOrDefault(file, List.of()));
  }

  private void run() {
    try {
      while (true) {
        look();
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      failure.set(e);
    }
  }

  /// Why it has stopped looking, if it has.
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  private synchronized void look() throws IOException {
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
      byte[] piece = new byte[PIECE];
      for (int length = file.read(piece); length > 0; length = file.read(piece)) {
        for (int i = 0; i < length; i++) {
          found += piece[i] == '\n' ? 1 : 0;
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
