package io.gympulse.cloud.core.broadcast;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.text.UnicodeText;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a client wants to subscribe to, and the member that it names.
public sealed interface SubscriptionRequest {
  record Accepted(SubscriptionFilter filter, Optional<UserId> user)
      implements SubscriptionRequest {}

  /// @param field the invalid field
  /// @param message how to correct it; it may quote what was sent, so it is cut and made well
  ///     formed
  record Refused(String field, String message) implements SubscriptionRequest {
    private static final int MAX_MESSAGE_CHARS = 300;

    public Refused {
      message = UnicodeText.abridged(message, MAX_MESSAGE_CHARS);
    }
  }

  /// @param fields the value of `gym`, `category`, `machine` or `user`; null or empty if not given
  static SubscriptionRequest of(Function<String, @Nullable String> fields) {
    Reader reader = new Reader(fields);
    SubscriptionFilter filter =
        new SubscriptionFilter(
            reader.read("gym", GymId::new),
            reader.read("category", CategoryId::new),
            reader.read("machine", MachineId::new));
    Optional<UserId> user = reader.read("user", UserId::new);
    return reader.refused.<SubscriptionRequest>map(it -> it).orElse(new Accepted(filter, user));
  }

  /// Reads a frame `{"action":"subscribe","gym","category","machine"}`, all but the action
  /// optional; other fields are ignored.
  static SubscriptionRequest read(String frame) {
    return Reader.frame(frame);
  }

  /// Reads fields and keeps the first error.
  final class Reader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Function<String, @Nullable String> fields;
    private Optional<Refused> refused = Optional.empty();

    private Reader(Function<String, @Nullable String> fields) {
      this.fields = fields;
    }

    /// A frame's action; empty if it has none, or is not JSON.
    static String action(String frame) {
      try {
        return JSON.readTree(frame).path("action").asText("");
      } catch (JsonProcessingException e) {
        return "";
      }
    }

    private static SubscriptionRequest frame(String frame) {
      try {
        JsonNode node = JSON.readTree(frame);
        if (!node.isObject()) {
          return new Refused("body", "a frame is to be a JSON object");
        }
        for (String field : new String[] {"gym", "category", "machine"}) {
          if (node.has(field) && !node.get(field).isTextual() && !node.get(field).isNull()) {
            return new Refused(field, field + " is to be text");
          }
        }
        return of(field -> field.equals("user") ? null : node.path(field).textValue());
      } catch (JsonProcessingException e) {
        return new Refused("body", "a frame is to be JSON");
      }
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
