package io.gympulse.edge.sensing.mqtt;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.edge.sensing.mqtt.Payload.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A message as it arrived, decoded at most once however many sensors it is for. Nothing that it
/// holds makes it throw. Not thread-safe.
final class Message {
  static final int LARGEST = 65_536;
  private static final int DEEPEST = 64;
  private static final int EXCERPT = 80;
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final byte[] payload;
  private final boolean retained;
  private Optional<Text> text = Optional.empty();
  private Optional<Body> body = Optional.empty();

  /// @param retained whether it was kept by the broker, so that it may be of any age
  Message(byte[] payload, boolean retained) {
    this.payload = payload;
    this.retained = retained;
  }

  /// The payload as text.
  sealed interface Text {
    record Sound(String text) implements Text {}

    record Unsound(Fault fault) implements Text {}
  }

  /// The payload as JSON.
  sealed interface Body {
    record Json(JsonNode root) implements Body {}

    record NoJson(Fault fault) implements Body {}
  }

  boolean isEmpty() {
    return payload.length == 0;
  }

  boolean isRetained() {
    return retained;
  }

  Text text() {
    if (text.isEmpty()) {
      text = Optional.of(decoded(payload));
    }
    return text.get();
  }

  private static Text decoded(byte[] payload) {
    if (payload.length > LARGEST) {
      return new Text.Unsound(Fault.TOO_LARGE);
    }
    try {
      return new Text.Sound(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString());
    } catch (CharacterCodingException e) {
      return new Text.Unsound(Fault.NOT_UTF8);
    }
  }

  Body body() {
    if (body.isEmpty()) {
      body =
          Optional.of(
              switch (text()) {
                case Text.Sound it -> parsed(it.text());
                case Text.Unsound it -> new Body.NoJson(it.fault());
              });
    }
    return body.get();
  }

  private static Body parsed(String text) {
    try {
      JsonNode root = JSON.readTree(text);
      return root.isMissingNode() ? new Body.NoJson(Fault.NOT_JSON) : new Body.Json(root);
    } catch (JacksonException e) {
      return new Body.NoJson(Fault.NOT_JSON);
    }
  }

  /// Its beginning, fit for a line in a log.
  String excerpt() {
    return new String(payload, 0, Math.min(payload.length, EXCERPT), StandardCharsets.UTF_8)
        .replaceAll("\\p{Cntrl}", " ");
  }
}
