package io.gympulse.sim.replay;

import java.time.DateTimeException;
import java.time.Instant;

/// A line of a recorded trace, parsed. The form is `time,topic,payload`: time as epoch milliseconds
/// or ISO-8601 with offset, topic without wildcards, and everything after the second comma is the
/// payload, commas and quotes included.
public sealed interface TraceLine {

  /// A message that was published at the given time.
  record Message(Instant at, String topic, String payload) implements TraceLine {}

  /// A line without a message: blank, a `#` comment, or the header.
  record Blank() implements TraceLine {}

  /// A line that is none of these.
  ///
  /// @param number counted from 1
  record Malformed(long number, String reason) implements TraceLine {}

  /// Reads one line; never throws.
  ///
  /// @param number the line's number in its file, from 1
  static TraceLine parse(long number, String line) {
    if (line.isBlank() || line.startsWith("#") || line.strip().equals("time,topic,payload")) {
      return new Blank();
    }
    int first = line.indexOf(',');
    int second = line.indexOf(',', first + 1);
    if (first < 0 || second < 0) {
      return new Malformed(number, "expected time,topic,payload");
    }
    String topic = line.substring(first + 1, second).strip();
    if (topic.isEmpty() || topic.contains("+") || topic.contains("#") || topic.contains("\0")) {
      return new Malformed(number, "topic '" + topic + "' is empty or has a wildcard");
    }
    String time = line.substring(0, first).strip();
    try {
      Instant at =
          time.matches("\\d+") ? Instant.ofEpochMilli(Long.parseLong(time)) : Instant.parse(time);
      return new Message(at, topic, line.substring(second + 1));
    } catch (NumberFormatException | DateTimeException e) {
      return new Malformed(
          number, "time '" + time + "' is neither epoch milliseconds nor ISO-8601");
    }
  }
}
