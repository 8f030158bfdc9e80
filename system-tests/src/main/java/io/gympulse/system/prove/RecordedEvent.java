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

/// An event from a gateway's record file.
///
/// @param boot the id of the gateway's boot
/// @param sinceBoot the event's time on the monotonic clock of that boot
record RecordedEvent(ObservedEvent event, String boot, Duration sinceBoot) {
  private static final int FIELDS = 8;

  /// Reads a record file. It has a line per event whose append has returned:
  /// `outboxId seq atMillis machine status reason boot sinceBootMillis`, with `-` for an unknown
  /// time.
  ///
  /// @throws IOException if the file cannot be read or a line has another format
  static List<RecordedEvent> readAll(Path file) throws IOException {
    List<RecordedEvent> events = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String[] fields = line.split(" ", -1);
      if (fields.length != FIELDS) {
        throw new IOException("%s:%d is not a record: '%s'".formatted(file, number, line));
      }
      ObservedEvent event =
          new ObservedEvent(
              new ObservedEvent.Id(UUID.fromString(fields[0]), Long.parseLong(fields[1])),
              fields[2].equals("-")
                  ? Optional.empty()
                  : Optional.of(Instant.ofEpochMilli(Long.parseLong(fields[2]))),
              fields[3],
              fields[4],
              fields[5]);
      events.add(new RecordedEvent(event, fields[6], Duration.ofMillis(Long.parseLong(fields[7]))));
    }
    return events;
  }

  RecordedEvent withId(ObservedEvent.Id id) {
    return new RecordedEvent(
        new ObservedEvent(id, event.at(), event.machine(), event.status(), event.reason()),
        boot,
        sinceBoot);
  }
}
