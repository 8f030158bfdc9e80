package io.gympulse.system.prove;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The observer's file: a line `outboxId seq atMillis machine status reason` per event whose append
/// returned.
final class RecordFile {
  private RecordFile() {}

  /// @throws IOException if the file cannot be read or a line is of another form
  static List<SeenEvent> read(Path file) throws IOException {
    List<SeenEvent> events = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String[] words = line.split(" ", -1);
      if (words.length != 6) {
        throw new IOException("%s:%d is not a record: '%s'".formatted(file, number, line));
      }
      events.add(
          new SeenEvent(
              new EventName(UUID.fromString(words[0]), Long.parseLong(words[1])),
              Instant.ofEpochMilli(Long.parseLong(words[2])),
              words[3],
              words[4],
              words[5]));
    }
    return events;
  }
}
