package io.gympulse.cloud.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.cloud.core.device.MetricPoint;
import io.gympulse.cloud.core.device.MetricPoint.DeviceId;
import io.gympulse.cloud.core.device.MetricPoint.MetricName;
import io.gympulse.cloud.core.device.MetricPoints;
import io.gympulse.cloud.core.memory.InMemoryMetricPoints;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricIngestHandlerTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final DeviceId DEVICE = new DeviceId("sensor-7");
  private static final MetricName TEMPERATURE = new MetricName("temperature");
  private static final String GOOD =
      """
      {"device_id":"sensor-7","timestamp":"2026-05-01T13:00:00.5+02:00","metric":"temperature",\
      "value":21.5,"unit":"°C","metadata":{"room":"hall","floor":2}}""";

  private final InMemoryMetricPoints points = new InMemoryMetricPoints();
  private final PipelineCounters counters = new PipelineCounters();

  @Test
  void points_are_stored_as_they_were_sent() {
    APIGatewayV2HTTPResponse response = send(points, "[" + GOOD + "]");
    assertThat(response.getStatusCode()).isEqualTo(200);
    assertThat(response.getBody())
        .isEqualTo("{\"status\":\"accepted\",\"accepted\":1,\"rejected\":[]}");
    assertThat(stored())
        .containsExactly(
            new MetricPoint(
                DEVICE,
                TEMPERATURE,
                Instant.parse("2026-05-01T11:00:00.500Z"),
                21.5,
                Optional.of("°C"),
                "{\"room\":\"hall\",\"floor\":2}"));
  }

  @Test
  void sending_again_changes_nothing() {
    send(points, "[" + GOOD + "]");
    assertThat(send(points, "[" + GOOD + "]").getStatusCode()).isEqualTo(200);
    assertThat(stored()).hasSize(1);
  }

  @Test
  void a_bad_point_is_named_and_the_others_are_stored() {
    APIGatewayV2HTTPResponse response =
        send(points, "[{\"device_id\":\"sensor-7\"}," + GOOD + ",7]");
    assertThat(response.getStatusCode()).isEqualTo(207);
    JsonNode body = Calls.json(response);
    assertThat(body.path("status").asText()).isEqualTo("partial");
    assertThat(body.path("accepted").asInt()).isEqualTo(1);
    assertThat(body.path("rejected")).hasSize(2);
    assertThat(body.at("/rejected/0/index").asInt()).isZero();
    assertThat(body.at("/rejected/0/code").asText()).isEqualTo("invalid_field");
    assertThat(body.at("/rejected/0/field").asText()).isEqualTo("[0].metric");
    assertThat(body.at("/rejected/1/index").asInt()).isEqualTo(2);
    assertThat(body.at("/rejected/1/field").asText()).isEqualTo("[2]");
    assertThat(stored()).hasSize(1);
    assertThat(counters.points()).isEqualTo(1);
    assertThat(counters.pointsRejected()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "device_id":"sensor-7"                      | "device_id":"-7"       | [0].device_id
          "device_id":"sensor-7"                      | "device_id":7          | [0].device_id
          "timestamp":"2026-05-01T13:00:00.5+02:00"   | "timestamp":1          | [0].timestamp
          "timestamp":"2026-05-01T13:00:00.5+02:00"   | "timestamp":"2026-05-01T12:05:01Z" | [0].timestamp
          "timestamp":"2026-05-01T13:00:00.5+02:00"   | "timestamp":"2026-01-31T11:59:59Z" | [0].timestamp
          "metric":"temperature"                      | "metric":"a b"         | [0].metric
          "value":21.5                                | "value":"21.5"         | [0].value
          "value":21.5                                | "value":1e999          | [0].value
          "value":21.5                                | "value":null           | [0].value
          "unit":"°C"                                 | "unit":3               | [0].unit
          "unit":"°C"                                 | "unit":""              | [0].unit
          "metadata":{"room":"hall","floor":2}        | "metadata":[1]         | [0].metadata
          """)
  void a_field_of_the_wrong_type_or_range_is_named(String part, String instead, String field) {
    assertThat(GOOD).contains(part);
    APIGatewayV2HTTPResponse response = send(points, "[" + GOOD.replace(part, instead) + "]");
    assertThat(response.getStatusCode()).isEqualTo(400);
    assertThat(Calls.json(response).at("/error/field").asText()).isEqualTo(field);
    assertThat(Calls.json(response).path("status").asText()).isEqualTo("rejected");
    assertThat(stored()).isEmpty();
  }

  @Test
  void metadata_has_its_limit() {
    String tooLong = "{\"room\":\"" + "x".repeat(1_024) + "\"}";
    APIGatewayV2HTTPResponse response =
        send(points, "[" + GOOD.replace("{\"room\":\"hall\",\"floor\":2}", tooLong) + "]");
    assertThat(Calls.json(response).at("/error/field").asText()).isEqualTo("[0].metadata");
  }

  @Test
  void points_that_the_store_rejects_are_named_by_their_index_in_the_body() {
    APIGatewayV2HTTPResponse response =
        send(
            new KeepsOnlyTheFirst(points),
            "[7," + GOOD + "," + GOOD.replace("sensor-7", "s") + "]");
    assertThat(response.getStatusCode()).isEqualTo(207);
    JsonNode body = Calls.json(response);
    assertThat(body.path("accepted").asInt()).isEqualTo(1);
    assertThat(body.at("/rejected/1/index").asInt()).isEqualTo(2);
    assertThat(body.at("/rejected/1/code").asText()).isEqualTo("store_unavailable");
  }

  @Test
  void a_store_that_is_down_is_a_503() {
    MetricPoints down =
        new KeepsOnlyTheFirst(points) {
          @Override
          public List<NotStored> put(List<MetricPoint> given) {
            throw new StoreUnavailableException("down", null);
          }
        };
    assertThat(send(down, "[" + GOOD + "]").getStatusCode()).isEqualTo(503);
  }

  private APIGatewayV2HTTPResponse send(MetricPoints store, String body) {
    return new MetricIngestHandler(store, () -> NOON, counters)
        .handleRequest(Calls.post(body), null);
  }

  private List<MetricPoint> stored() {
    return points.range(DEVICE, TEMPERATURE, Instant.EPOCH, NOON.plusSeconds(3600), 10);
  }

  /// A store that throttles.
  private static class KeepsOnlyTheFirst implements MetricPoints {
    private final MetricPoints behind;

    KeepsOnlyTheFirst(MetricPoints behind) {
      this.behind = behind;
    }

    @Override
    public List<NotStored> put(List<MetricPoint> given) {
      behind.put(given.subList(0, 1));
      return IntStream.range(1, given.size())
          .mapToObj(it -> new NotStored(it, "throttled"))
          .toList();
    }

    @Override
    public List<MetricPoint> range(
        DeviceId device, MetricName metric, Instant from, Instant to, int most) {
      return behind.range(device, metric, from, to, most);
    }
  }
}
