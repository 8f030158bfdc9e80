package io.gympulse.local.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.core.queue.DeadLetter;
import io.gympulse.cloud.core.queue.DeadLetterQueue;
import io.gympulse.cloud.core.queue.Redriven;
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

/// The file of messages that were given up, one JSON object per line, with the reason.
///
/// A redrive sets the file aside, as `FILE.moving`, until the queues have done with all that was in
/// it: given up again, a letter is in the new file. What a killed process left aside is put back
/// when the file is opened next, so each letter is moved at least once. Thread-safe.
public final class DeadLetters implements DeadLetterQueue {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int PROBE_BYTES = 4_096;

  private final Path file;
  private final Path moving;
  private final InstantSource clock;
  private final Map<String, StandardQueue> queues = new ConcurrentHashMap<>();
  private long underWay;
  private boolean allSent;

  /// @throws UncheckedIOException if what an earlier process left aside cannot be put back
  public DeadLetters(Path file, InstantSource clock) {
    this.file = file;
    this.moving = file.resolveSibling(file.getFileName() + ".moving");
    this.clock = clock;
    try {
      putBack();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A queue that takes its letters back. Letters of others stay.
  void serve(String name, StandardQueue queue) {
    queues.put(name, queue);
  }

  /// Appends a message that was received too often.
  synchronized void add(String queue, QueuedMessage message, String reason) throws IOException {
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

  /// Writes and removes a file beside the letters.
  ///
  /// @throws IOException if a letter could not be kept now
  public void probe() throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".probe");
    DurableFile.write(beside, "\n".repeat(PROBE_BYTES));
    DurableFile.delete(beside);
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
  public synchronized Redriven redrive() {
    if (underWay > 0) {
      return new Redriven.UnderWay();
    }
    try {
      putBack();
      if (!Files.exists(file)) {
        return new Redriven.Moved(0, 0);
      }
      DurableFile.rename(file, moving);
      return send();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Redriven send() throws IOException {
    long left = 0;
    // One for this loop, lest the file goes while it is read.
    underWay = 1;
    allSent = false;
    try (BufferedReader lines = Files.newBufferedReader(moving)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (sent(line)) {
          underWay++;
        } else {
          append(line);
          left++;
        }
      }
      allSent = true;
    } finally {
      done();
    }
    // None can be done with before this returns: they wait for the lock.
    return new Redriven.Moved(underWay, left);
  }

  private boolean sent(String line) {
    Optional<DeadLetter> letter = read(line);
    StandardQueue queue = letter.map(it -> queues.get(it.queue())).orElse(null);
    return queue != null && queue.send(letter.orElseThrow().body(), this::done);
  }

  private synchronized void done() {
    underWay--;
    if (underWay == 0 && allSent) {
      try {
        DurableFile.delete(moving);
      } catch (IOException e) {
        LOG.warn("{} cannot be removed; its letters will be moved again", moving, e);
      }
    }
  }

  /// Kept twice if it is interrupted, never lost.
  private void putBack() throws IOException {
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

  /// A process that was killed may have left half a line; what is appended must not join it.
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

  /// Empty if the line was not written to its end.
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
      LOG.warn("a line of the dead letters cannot be read: {}", e.getMessage());
      return Optional.empty();
    }
  }
}
