package io.gympulse.local.queue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;

/// The file of messages that were given up, one JSON object per line, with the reason. Thread-safe.
public final class DeadLetters {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final InstantSource clock;

  public DeadLetters(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
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
    Files.writeString(
        file,
        JSON.writeValueAsString(line) + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
