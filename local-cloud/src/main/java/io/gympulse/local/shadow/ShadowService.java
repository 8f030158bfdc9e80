package io.gympulse.local.shadow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Answers requests on `$aws/things/{thing}/shadow/name/{name}/{get|update|delete}`.
///
/// An accepted change is in its file before its answer is returned. One request at a time, from any
/// thread.
public final class ShadowService {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// A message to publish.
  ///
  /// @param json the payload's text
  public record Publication(String topic, String json) {}

  private final ShadowStore store;
  private final InstantSource clock;

  public ShadowService(Path directory, InstantSource clock) {
    this.store = new ShadowStore(directory);
    this.clock = clock;
  }

  /// The answers to a publish, in order; none if the topic is no request to a named shadow.
  ///
  /// @throws IOException if the shadow's file cannot be read or written; nothing has changed then
  public synchronized List<Publication> handle(String topic, byte[] payload) throws IOException {
    Optional<ShadowTopic> request = ShadowTopic.parse(topic);
    if (request.isEmpty()) {
      return List.of();
    }
    ShadowTopic address = request.get();
    Shadow shadow = store.read(address);
    return switch (outcome(address, shadow, payload)) {
      case ShadowOutcome.Rejected(ShadowOutcome.Reply reply) ->
          List.of(publication(address, reply));
      case ShadowOutcome.Accepted(Shadow next, List<ShadowOutcome.Reply> replies) -> {
        if (!next.equals(shadow)) {
          store.write(address, next);
        }
        yield replies.stream().map(reply -> publication(address, reply)).toList();
      }
    };
  }

  private ShadowOutcome outcome(ShadowTopic address, Shadow shadow, byte[] payload) {
    long now = clock.instant().getEpochSecond();
    return switch (address.operation()) {
      case "get" -> ShadowStep.get(address.shadow(), shadow, payload, now);
      case "delete" -> ShadowStep.delete(address.shadow(), shadow, payload, now);
      default -> ShadowStep.update(shadow, payload, now);
    };
  }

  private static Publication publication(ShadowTopic address, ShadowOutcome.Reply reply) {
    try {
      return new Publication(address.base() + reply.topic(), JSON.writeValueAsString(reply.body()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }
}
