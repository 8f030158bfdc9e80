package io.gympulse.edge.sensing;

import io.gympulse.contract.text.UnicodeText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// A message of a sensor as it was received, and what was made of it. Immutable.
///
/// @param at when it arrived, on the gateway's timeline
/// @param raw its beginning, without control characters
/// @param reading `active` or `inactive`, or why it was ignored or could not be read
public record ReceivedMessage(Instant at, String raw, String reading) {

  /// The last five messages of one sensor, each with its first 200 bytes. Not thread-safe.
  public static final class History {
    private static final int MESSAGES = 5;
    private static final int BYTES = 200;

    private final Deque<Kept> last = new ArrayDeque<>(MESSAGES);

    /// Turned into text only when it is shown.
    private static final class Kept {
      private final Instant at;
      private final byte[] beginning;
      private final String reading;

      Kept(Instant at, byte[] beginning, String reading) {
        this.at = at;
        this.beginning = beginning;
        this.reading = reading;
      }

      ReceivedMessage shown() {
        String text = new String(beginning, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
        return new ReceivedMessage(at, UnicodeText.toWellFormed(text), reading);
      }
    }

    public void add(Instant at, byte[] payload, String reading) {
      if (last.size() == MESSAGES) {
        last.removeLast();
      }
      last.addFirst(new Kept(at, Arrays.copyOf(payload, Math.min(payload.length, BYTES)), reading));
    }

    /// Latest first.
    public List<ReceivedMessage> messages() {
      return last.stream().map(Kept::shown).toList();
    }
  }
}
