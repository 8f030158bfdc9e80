package io.gympulse.edge.sensing.mqtt;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.edge.sensing.mqtt.ReadResult.Defect;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A received message. It is decoded at most once, however many sensors read it. No payload makes
/// it throw. Not thread-safe.
final class MqttMessage {
  static final int MAX_BYTES = 65_536;
  private static final int MAX_DEPTH = 64;
  private static final int EXCERPT_BYTES = 80;
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final byte[] payload;
  private final boolean retained;
  private Optional<ReadResult<String>> text = Optional.empty();
  private Optional<ReadResult<JsonNode>> json = Optional.empty();

  /// @param retained whether the broker had retained it, so that it may be of any age
  MqttMessage(byte[] payload, boolean retained) {
    this.payload = payload;
    this.retained = retained;
  }

  boolean isEmpty() {
    return payload.length == 0;
  }

  boolean isRetained() {
    return retained;
  }

  /// The payload as text.
  ReadResult<String> text() {
    if (text.isEmpty()) {
      text = Optional.of(decode(payload));
    }
    return text.get();
  }

  private static ReadResult<String> decode(byte[] payload) {
    if (payload.length > MAX_BYTES) {
      return ReadResult.malformed(Defect.TOO_LARGE);
    }
    try {
      return ReadResult.value(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString());
    } catch (CharacterCodingException e) {
      return ReadResult.malformed(Defect.NOT_UTF8);
    }
  }

  /// The payload as JSON.
  ReadResult<JsonNode> json() {
    if (json.isEmpty()) {
      json = Optional.of(text().then(MqttMessage::parse));
    }
    return json.get();
  }

  private static ReadResult<JsonNode> parse(String text) {
    try {
      JsonNode root = JSON.readTree(text);
      return root.isMissingNode() ? ReadResult.malformed(Defect.NOT_JSON) : ReadResult.value(root);
    } catch (JacksonException e) {
      return ReadResult.malformed(Defect.NOT_JSON);
    }
  }

  /// The beginning of the payload, without control characters, for a log line.
  @Override
  public String toString() {
    return new String(payload, 0, Math.min(payload.length, EXCERPT_BYTES), StandardCharsets.UTF_8)
        .replaceAll("\\p{Cntrl}", " ");
  }
}
