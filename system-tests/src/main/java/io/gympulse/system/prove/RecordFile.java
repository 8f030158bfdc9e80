package io.gympulse.system.prove;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The observer's file: a line `outboxId seq atMillis machine status reason boot sinceBootMillis`
/// per event whose append returned, the time `-` if it was not known.
final class RecordFile {
  private static final int WORDS = 8;

  private RecordFile() {}

  /// @throws IOException if the file cannot be read or a line is of another form
  static List<RecordedEvent> read(Path file) throws IOException {
    List<RecordedEvent> events = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String[] words = line.split(" ", -1);
      if (words.length != WORDS) {
        throw new IOException("%s:%d is not a record: '%s'".formatted(file, number, line));
      }
      ObservedEvent event =
          new ObservedEvent(
              new ObservedEvent.Id(UUID.fromString(words[0]), Long.parseLong(words[1])),
              words[2].equals("-")
                  ? Optional.empty()
                  : Optional.of(Instant.ofEpochMilli(Long.parseLong(words[2]))),
              words[3],
              words[4],
              words[5]);
      events.add(new RecordedEvent(event, words[6], Duration.ofMillis(Long.parseLong(words[7]))));
    }
    return events;
  }
}
