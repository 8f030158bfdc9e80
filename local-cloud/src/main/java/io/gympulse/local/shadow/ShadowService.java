package io.gympulse.local.shadow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.local.shadow.ShadowStep.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Handles requests on `$aws/things/{thing}/shadow/name/{name}/{get|update|delete}`.
///
/// An accepted change is written to its file before the replies are returned. Thread-safe; requests
/// are handled one after another.
public final class ShadowService {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// A message to publish.
  ///
  /// @param json the payload's text
  public record Publication(String topic, String json) {}

  /// A request's topic.
  ///
  /// @param operation get, update or delete
  private record Request(String thing, String shadow, String operation) {

    private static final Pattern TOPIC =
        Pattern.compile(
            "\\$aws/things/([a-z0-9][a-z0-9-]{0,63})/shadow/name/([$a-zA-Z0-9:_-]{1,64})"
                + "/(get|update|delete)");

    /// Empty for every topic that is no request to a named shadow, such as those of replies.
    static Optional<Request> parse(String topic) {
      Matcher matcher = TOPIC.matcher(topic);
      return matcher.matches()
          ? Optional.of(new Request(matcher.group(1), matcher.group(2), matcher.group(3)))
          : Optional.empty();
    }

    String base() {
      return "$aws/things/" + thing + "/shadow/name/" + shadow + "/";
    }
  }

  private final ShadowStore store;
  private final InstantSource clock;

  public ShadowService(Path directory, InstantSource clock) {
    this.store = new ShadowStore(directory);
    this.clock = clock;
  }

  /// The replies to a publish, in order; none if the topic is no request to a named shadow.
  ///
  /// @throws IOException if the shadow's file cannot be read or written; the shadow is unchanged
  public synchronized List<Publication> handle(String topic, byte[] payload) throws IOException {
    Optional<Request> parsed = Request.parse(topic);
    if (parsed.isEmpty()) {
      return List.of();
    }
    Request request = parsed.get();
    Shadow shadow = store.read(request.thing(), request.shadow());
    return switch (outcome(request, shadow, payload)) {
      case Outcome.Rejected(Outcome.Reply reply) -> List.of(publication(request, reply));
      case Outcome.Accepted(Shadow next, List<Outcome.Reply> replies) -> {
        if (!next.equals(shadow)) {
          store.write(request.thing(), request.shadow(), next);
        }
        yield replies.stream().map(reply -> publication(request, reply)).toList();
      }
    };
  }

  private Outcome outcome(Request request, Shadow shadow, byte[] payload) {
    long now = clock.instant().getEpochSecond();
    return switch (request.operation()) {
      case "get" -> ShadowStep.get(request.shadow(), shadow, payload, now);
      case "delete" -> ShadowStep.delete(request.shadow(), shadow, payload, now);
      default -> ShadowStep.update(shadow, payload, now);
    };
  }

  private static Publication publication(Request request, Outcome.Reply reply) {
    try {
      return new Publication(request.base() + reply.topic(), JSON.writeValueAsString(reply.body()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be serialized", e);
    }
  }
}
