package io.gympulse.cloud.lambda.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class JsonLoggerTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00.125Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, false, StandardCharsets.UTF_8);
  private final JsonLogger logger =
      new JsonLogger(
          "ingest", new JsonLogger.Sink(() -> out, InstantSource.fixed(NOW), Level.INFO));

  @Test
  void a_line_contains_time_level_message_and_logger() {
    logger.info("{} messages go back", 3);

    JsonNode line = only();
    assertThat(line.path("timestamp").asText()).isEqualTo("2026-03-02T10:00:00.125Z");
    assertThat(line.path("level").asText()).isEqualTo("INFO");
    assertThat(line.path("message").asText()).isEqualTo("3 messages go back");
    assertThat(line.path("logger").asText()).isEqualTo("ingest");
    assertThat(line.has("error")).isFalse();
  }

  @Test
  void key_value_pairs_become_fields() {
    logger.atWarn().addKeyValue("correlationId", "bench-1@1772445600000").log("freed");

    assertThat(only().path("correlationId").asText()).isEqualTo("bench-1@1772445600000");
    assertThat(only().path("message").asText()).isEqualTo("freed");
  }

  @Test
  void a_message_of_several_lines_and_any_character_stays_one_line() {
    String strange = "a\n\"b\"\\ \u0000 \u20ac \ud83d\ude00";

    logger.info(strange);

    assertThat(only().path("message").asText()).isEqualTo(strange);
  }

  @Test
  void half_a_surrogate_pair_does_not_cost_the_line() {
    logger.info("torn \ud83d");

    assertThat(only().path("message").asText()).startsWith("torn ");
  }

  @Test
  void an_error_comes_with_its_stack() {
    logger.error("storing failed", new IllegalStateException("the table is gone"));

    assertThat(only().path("error").asText())
        .contains("IllegalStateException: the table is gone")
        .contains("JsonLoggerTest");
  }

  @Test
  void messages_below_the_threshold_are_not_written() {
    logger.debug("noise");
    logger.atDebug().addKeyValue("correlationId", "x").log("noise");

    assertThat(lines()).isEmpty();
  }

  @Test
  void a_message_without_end_is_cut() {
    logger.info("x".repeat(1_000_000));

    assertThat(only().path("message").asText()).hasSizeLessThan(5_000).endsWith("...");
  }

  @Test
  void lambda_s_words_for_levels_are_understood() {
    assertThat(JsonLogging.level("DEBUG")).isEqualTo(Level.DEBUG);
    assertThat(JsonLogging.level("FATAL")).isEqualTo(Level.ERROR);
    assertThat(JsonLogging.level("")).isEqualTo(Level.INFO);
  }

  private JsonNode only() {
    assertThat(lines()).hasSize(1);
    return lines().getFirst();
  }

  private List<JsonNode> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().map(JsonLoggerTest::json).toList();
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
