package io.gympulse.cloud.core.broadcast;

import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.text.UnicodeText;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a client asked to hear, and as whom.
public sealed interface SubscriptionRequest {
  record Accepted(Audience audience, Optional<UserId> user) implements SubscriptionRequest {}

  /// @param field to be mended
  /// @param message how; it may quote what was sent, so it is cut and made well formed
  record Refused(String field, String message) implements SubscriptionRequest {
    private static final int MAX_MESSAGE_CHARS = 300;

    public Refused {
      message = UnicodeText.abridged(message, MAX_MESSAGE_CHARS);
    }
  }

  /// @param fields the value of `gym`, `category`, `machine` or `user`; null or empty if not given
  static SubscriptionRequest of(Function<String, @Nullable String> fields) {
    Reader reader = new Reader(fields);
    Audience audience =
        new Audience(
            reader.read("gym", GymId::new),
            reader.read("category", CategoryId::new),
            reader.read("machine", MachineId::new));
    Optional<UserId> user = reader.read("user", UserId::new);
    return reader.refused.<SubscriptionRequest>map(it -> it).orElse(new Accepted(audience, user));
  }

  /// Reads fields and remembers the first that could not be.
  final class Reader {
    private final Function<String, @Nullable String> fields;
    private Optional<Refused> refused = Optional.empty();

    private Reader(Function<String, @Nullable String> fields) {
      this.fields = fields;
    }

    private <T> Optional<T> read(String field, Function<String, T> parser) {
      String text = fields.apply(field);
      if (text == null || text.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(parser.apply(text));
      } catch (IllegalArgumentException e) {
        refused = refused.or(() -> Optional.of(new Refused(field, String.valueOf(e.getMessage()))));
        return Optional.empty();
      }
    }
  }
}
