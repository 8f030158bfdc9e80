package io.gympulse.local.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.core.queue.DeadLetterQueue;
import io.gympulse.cloud.core.queue.DeadLetterQueue.DeadLetter;
import io.gympulse.cloud.core.queue.DeadLetterQueue.RedriveResult;
import io.gympulse.cloud.core.queue.WorkSource.Received;
import io.gympulse.process.DurableFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The dead letters of the queues in a file, one JSON object per line, with the reason.
///
/// A redrive renames the file to `FILE.moving` until the queues have completed all its letters; a
/// letter that fails again is appended to the new file. If the process is killed in between,
/// opening the file moves the letters of `FILE.moving` back, so each letter is redriven at least
/// once. Thread-safe.
public final class DeadLetterFile implements DeadLetterQueue {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterFile.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int PROBE_BYTES = 4_096;

  private final Path file;
  private final Path moving;
  private final InstantSource clock;
  private final Map<String, FairWorkQueue> queues = new ConcurrentHashMap<>();
  private long inFlight;
  private boolean allSent;

  /// @throws UncheckedIOException if the letters of an interrupted redrive cannot be moved back
  public DeadLetterFile(Path file, InstantSource clock) {
    this.file = file;
    this.moving = file.resolveSibling(file.getFileName() + ".moving");
    this.clock = clock;
    try {
      restore();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Adds a queue to which letters are redriven. Letters of other queues stay.
  void register(String name, FairWorkQueue queue) {
    queues.put(name, queue);
  }

  /// Appends a message that reached the maximum of receives.
  synchronized void add(String queue, Received message, String reason) throws IOException {
    var line =
        JSON.createObjectNode()
            .put("at", clock.instant().toString())
            .put("queue", queue)
            .put("messageId", message.id())
            .put("receives", message.receives())
            .put("reason", reason)
            .put("body", message.body());
    append(JSON.writeValueAsString(line));
  }

  /// Writes and deletes a file in the same folder.
  ///
  /// @throws IOException if letters cannot be written now
  public void probe() throws IOException {
    Path probe = file.resolveSibling(file.getFileName() + ".probe");
    DurableFile.write(probe, "\n".repeat(PROBE_BYTES));
    DurableFile.delete(probe);
  }

  @Override
  public synchronized List<DeadLetter> list(int limit) {
    try {
      Map<String, DeadLetter> letters = new LinkedHashMap<>();
      for (Path source : List.of(moving, file)) {
        if (Files.exists(source)) {
          try (BufferedReader lines = Files.newBufferedReader(source)) {
            String line = lines.readLine();
            while (line != null && letters.size() < limit) {
              read(line).ifPresent(it -> letters.put(it.messageId(), it));
              line = lines.readLine();
            }
          }
        }
      }
      return List.copyOf(letters.values());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized RedriveResult redrive() {
    if (inFlight > 0) {
      return new RedriveResult.UnderWay();
    }
    try {
      restore();
      if (!Files.exists(file)) {
        return new RedriveResult.Moved(0, 0);
      }
      DurableFile.rename(file, moving);
      return send();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RedriveResult send() throws IOException {
    long left = 0;
    // One more than the letters, so that the file is not deleted while this loop reads it.
    inFlight = 1;
    allSent = false;
    try (BufferedReader lines = Files.newBufferedReader(moving)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (sent(line)) {
          inFlight++;
        } else {
          append(line);
          left++;
        }
      }
      allSent = true;
    } finally {
      completed();
    }
    // The count is exact: completed() needs the lock, which this thread holds.
    return new RedriveResult.Moved(inFlight, left);
  }

  private boolean sent(String line) {
    Optional<DeadLetter> letter = read(line);
    FairWorkQueue queue = letter.map(it -> queues.get(it.queue())).orElse(null);
    return queue != null && queue.send(letter.orElseThrow().body(), this::completed);
  }

  private synchronized void completed() {
    inFlight--;
    if (inFlight == 0 && allSent) {
      try {
        DurableFile.delete(moving);
      } catch (IOException e) {
        LOG.warn("{} cannot be deleted; its letters will be redriven again", moving, e);
      }
    }
  }

  /// If this is interrupted, letters are in both files; none is lost.
  private void restore() throws IOException {
    endLastLine(file);
    if (Files.exists(moving)) {
      endLastLine(moving);
      if (Files.exists(file)) {
        DurableFile.append(file, Files.readAllBytes(moving));
        DurableFile.delete(moving);
      } else {
        DurableFile.rename(moving, file);
      }
    }
  }

  /// Terminates a line that a killed process wrote in part, so that it does not run into the next.
  private static void endLastLine(Path lines) throws IOException {
    if (!Files.exists(lines) || Files.size(lines) == 0) {
      return;
    }
    try (SeekableByteChannel channel =
        Files.newByteChannel(lines, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.position(channel.size() - 1).read(last);
      if (last.get(0) != '\n') {
        channel.position(channel.size()).write(ByteBuffer.wrap(new byte[] {'\n'}));
      }
    }
  }

  private void append(String line) throws IOException {
    DurableFile.append(file, (line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /// Empty if the line is incomplete.
  private static Optional<DeadLetter> read(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      return Optional.of(
          new DeadLetter(
              Instant.parse(node.required("at").asText()),
              node.required("queue").asText(),
              node.required("messageId").asText(),
              node.required("receives").asInt(),
              node.required("reason").asText(),
              node.required("body").asText()));
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
      LOG.warn("a line of the dead letters' file cannot be parsed: {}", e.getMessage());
      return Optional.empty();
    }
  }
}
