package io.gympulse.cloud.lambda.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, false, StandardCharsets.UTF_8);
  private final Map<String, Long> counters = new TreeMap<>();
  private final Metrics metrics =
      new Metrics("ingest", () -> counters, () -> out, InstantSource.fixed(NOW));

  @Test
  void counts_are_written_in_the_embedded_metric_format() throws IOException {
    counters.put("received", 7L);
    counters.put("stored", 5L);

    metrics.flush();

    JsonNode directive = line(0).path("_aws").path("CloudWatchMetrics").path(0);
    assertThat(line(0).path("_aws").path("Timestamp").longValue()).isEqualTo(NOW.toEpochMilli());
    assertThat(directive.path("Namespace").asText()).isEqualTo("GymPulse");
    assertThat(directive.path("Dimensions").toString()).isEqualTo("[[\"function\"]]");
    assertThat(directive.path("Metrics").toString())
        .isEqualTo(
            "[{\"Name\":\"received\",\"Unit\":\"Count\"},{\"Name\":\"stored\",\"Unit\":\"Count\"}]");
    assertThat(line(0).path("function").asText()).isEqualTo("ingest");
    assertThat(line(0).path("received").longValue()).isEqualTo(7);
    assertThat(line(0).path("stored").longValue()).isEqualTo(5);
  }

  @Test
  void only_increased_counters_are_written_with_their_increase() throws IOException {
    counters.put("received", 7L);
    counters.put("stored", 5L);
    metrics.flush();
    counters.put("received", 10L);

    metrics.flush();

    assertThat(line(1).path("received").longValue()).isEqualTo(3);
    assertThat(line(1).has("stored")).isFalse();
  }

  @Test
  void nothing_is_written_when_nothing_has_grown() {
    counters.put("received", 0L);

    metrics.flush();

    assertThat(lines()).isEmpty();
  }

  private JsonNode line(int number) throws IOException {
    return new ObjectMapper().readTree(lines().get(number));
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
