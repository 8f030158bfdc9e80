package io.gympulse.cloud.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceCount;
import io.gympulse.cloud.core.device.DeviceKind;
import io.gympulse.cloud.core.device.RawStore;
import io.gympulse.cloud.core.device.RawStore.RawKey;
import io.gympulse.cloud.core.memory.InMemoryDeviceCounts;
import io.gympulse.cloud.core.memory.InMemoryRawStore;
import io.gympulse.cloud.core.memory.InMemoryWorkQueue;
import io.gympulse.cloud.core.queue.WorkSource.QueueSettings;
import io.gympulse.cloud.core.queue.WorkSource.Received;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceIngestHandlerTest {
  private static final LocalDate MAY_1 = LocalDate.of(2026, 5, 1);
  private static final DeviceKind LIGHT_ON = new DeviceKind("light", "on");
  private static final String TWO =
      """
      {"processed_devices":[
        {"type":"light","state":"on","timestamp":"2026-05-01T10:00:00Z","extra":{"is":"ignored"}},
        {"type":"light","state":"on","timestamp":"2026-05-02T01:30:00+02:00"}]}
      """;

  private Instant now = Instant.parse("2026-05-01T23:58:00Z");
  private final InMemoryRawStore raw = new InMemoryRawStore();
  private final InMemoryDeviceCounts counts = new InMemoryDeviceCounts();
  private final PipelineCounters counters = new PipelineCounters();
  private InMemoryWorkQueue queue =
      new InMemoryWorkQueue(QueueSettings.standard("items"), () -> now);

  @Test
  void a_report_is_stored_unchanged_queued_and_counted_by_each_items_utc_date() {
    APIGatewayV2HTTPResponse response = handler().handleRequest(Calls.post(TWO), null);

    assertThat(response.getStatusCode()).isEqualTo(200);
    JsonNode body = Calls.json(response);
    assertThat(body.fieldNames()).toIterable().containsExactly("status", "raw_key", "enqueued");
    assertThat(body.path("status").asText()).isEqualTo("accepted");
    assertThat(body.path("enqueued").asInt()).isEqualTo(2);
    assertThat(raw.get(key(body)))
        .hasValueSatisfying(it -> assertThat(it).asString(UTF_8).isEqualTo(TWO));
    work();
    assertThat(counts.of(MAY_1)).containsExactly(new DeviceCount(MAY_1, LIGHT_ON, 2));
    assertThat(counters.enqueued()).isEqualTo(2);
    assertThat(counters.counted()).isEqualTo(2);
    assertThat(counters.responses().byStatus()).containsEntry(200, 1L);
  }

  @Test
  void the_raw_key_is_the_date_of_arrival_and_a_uuid() {
    JsonNode body = Calls.json(handler().handleRequest(Calls.post(TWO), null));
    assertThat(body.path("raw_key").asText())
        .matches(
            "raw/2026-05-01-[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\\.json");
  }

  @Test
  void a_base64_body_is_stored_decoded() {
    String encoded = Base64.getEncoder().encodeToString(TWO.getBytes(UTF_8));
    JsonNode body = Calls.json(handler().handleRequest(Calls.base64(encoded), null));
    assertThat(raw.get(key(body)))
        .hasValueSatisfying(it -> assertThat(it).asString(UTF_8).isEqualTo(TWO));
  }

  @Test
  void the_same_body_twice_without_a_key_is_two_reports() {
    handler().handleRequest(Calls.post(TWO), null);
    handler().handleRequest(Calls.post(TWO), null);
    work();
    assertThat(counts.of(MAY_1)).containsExactly(new DeviceCount(MAY_1, LIGHT_ON, 4));
  }

  @Test
  void a_repeated_request_has_the_same_raw_key_after_midnight_too_and_is_counted_once() {
    String first = rawKey(handler().handleRequest(Calls.post(TWO, "k-1"), null));
    work();
    now = now.plus(Duration.ofMinutes(3));
    String second = rawKey(handler().handleRequest(Calls.post(TWO, "k-1"), null));
    work();
    assertThat(second).isEqualTo(first);
    assertThat(counts.of(MAY_1)).containsExactly(new DeviceCount(MAY_1, LIGHT_ON, 2));
    assertThat(counters.repeated()).isEqualTo(2);
  }

  @Test
  void a_key_used_with_another_body_is_rejected_and_nothing_is_done() {
    handler().handleRequest(Calls.post(TWO, "k-1"), null);
    APIGatewayV2HTTPResponse response =
        handler().handleRequest(Calls.post(TWO.replace("on", "off"), "k-1"), null);
    assertError(response, 422, "idempotency_key_reused", "Idempotency-Key");
    assertThat(queue.waiting()).isEqualTo(2);
  }

  @Test
  void a_partial_report_repeated_with_the_response_s_key_counts_no_item_twice() {
    queue =
        new InMemoryWorkQueue(new QueueSettings("items", Duration.ofSeconds(30), 5, 1), () -> now);
    APIGatewayV2HTTPResponse response = handler().handleRequest(Calls.post(TWO), null);

    assertThat(response.getStatusCode()).isEqualTo(503);
    assertThat(response.getHeaders()).containsEntry("Retry-After", "1");
    JsonNode body = Calls.json(response);
    assertThat(body.path("status").asText()).isEqualTo("partial");
    assertThat(body.path("enqueued").asInt()).isEqualTo(1);
    assertThat(body.at("/error/code").asText()).isEqualTo("not_all_enqueued");
    assertThat(body.at("/error/message").asText()).contains("1 of 2");
    assertThat(raw.get(key(body))).isPresent();
    assertThat(counters.unsent()).isEqualTo(1);
    work();

    queue = new InMemoryWorkQueue(QueueSettings.standard("items"), () -> now);
    String key = String.valueOf(response.getHeaders().get("Idempotency-Key"));
    APIGatewayV2HTTPResponse again = handler().handleRequest(Calls.post(TWO, key), null);
    assertThat(again.getStatusCode()).isEqualTo(200);
    assertThat(rawKey(again)).isEqualTo(body.path("raw_key").asText());
    work();
    assertThat(counts.of(MAY_1)).containsExactly(new DeviceCount(MAY_1, LIGHT_ON, 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                                                        | body
          {}                                                        | processed_devices
          {"processed_devices":{}}                                  | processed_devices
          {"processed_devices":[]}                                  | processed_devices
          {"processed_devices":["x"]}                               | processed_devices[0]
          {"processed_devices":[{"state":"on","timestamp":"T"}]}    | processed_devices[0].type
          {"processed_devices":[{"type":7,"state":"on"}]}           | processed_devices[0].type
          {"processed_devices":[{"type":"a#b","state":"on"}]}       | processed_devices[0].type
          {"processed_devices":[{"type":"a","state":null}]}         | processed_devices[0].state
          {"processed_devices":[{"type":"a","state":"b"}]}          | processed_devices[0].timestamp
          {"processed_devices":[{"type":"a","state":"b","timestamp":1}]} | processed_devices[0].timestamp
          {"processed_devices":[{"type":"a","state":"b","timestamp":"2026-05-01T10:00:00"}]} | processed_devices[0].timestamp
          {"processed_devices":[{"type":"a","state":"b","timestamp":"2026-02-30T10:00:00Z"}]} | processed_devices[0].timestamp
          {"processed_devices":[{"type":"a","state":"b","timestamp":"2026-05-02T00:03:01Z"}]} | processed_devices[0].timestamp
          {"processed_devices":[{"type":"a","state":"b","timestamp":"1969-05-02T00:03:01Z"}]} | processed_devices[0].timestamp
          """)
  void an_invalid_field_is_named_and_nothing_is_stored(String body, String field) {
    assertError(handler().handleRequest(Calls.post(body), null), 400, "invalid_field", field);
    assertThat(queue.waiting()).isZero();
    assertThat(counters.responses().byStatus()).containsEntry(400, 1L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"processed_devices\":",
        "{\"a\":1} {\"b\":2}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":[[[[[[[[[1]]]]]]]]]}",
        "{\"a\":NaN}",
        "no json"
      })
  void a_body_that_is_not_json_or_too_deep_is_malformed(String body) {
    APIGatewayV2HTTPResponse response = handler().handleRequest(Calls.post(body), null);
    assertThat(response.getStatusCode()).isEqualTo(400);
    assertThat(Calls.json(response).at("/error/code").asText()).isEqualTo("malformed");
  }

  @Test
  void a_body_that_is_not_base64_as_it_says_is_malformed() {
    APIGatewayV2HTTPResponse response = handler().handleRequest(Calls.base64("{}"), null);
    assertThat(Calls.json(response).at("/error/code").asText()).isEqualTo("malformed");
  }

  @Test
  void a_body_of_more_than_a_megabyte_is_too_large_in_either_form() {
    String large = "x".repeat((1 << 20) + 1);
    assertThat(handler().handleRequest(Calls.post(large), null).getStatusCode()).isEqualTo(413);
    String encoded = Base64.getEncoder().encodeToString(large.getBytes(UTF_8));
    assertThat(handler().handleRequest(Calls.base64(encoded), null).getStatusCode()).isEqualTo(413);
  }

  @Test
  void more_than_a_thousand_items_are_rejected() {
    String item = "{\"type\":\"a\",\"state\":\"b\",\"timestamp\":\"2026-05-01T10:00:00Z\"},";
    String items = item.repeat(1_001);
    String body = "{\"processed_devices\":[" + items.substring(0, items.length() - 1) + "]}";
    assertError(
        handler().handleRequest(Calls.post(body), null), 400, "invalid_field", "processed_devices");
  }

  @Test
  void an_invalid_key_is_rejected() {
    assertError(
        handler().handleRequest(Calls.post(TWO, "k 1"), null),
        400,
        "invalid_field",
        "Idempotency-Key");
  }

  @Test
  void an_unavailable_store_is_reported_and_nothing_is_queued() {
    RawStore down =
        new RawStore() {
          @Override
          public boolean put(RawKey key, byte[] body) {
            throw new StoreUnavailableException("disk gone: /secret/path", null);
          }

          @Override
          public Optional<byte[]> get(RawKey key) {
            return Optional.empty();
          }
        };
    APIGatewayV2HTTPResponse response =
        new DeviceIngestHandler(down, queue, () -> now, counters)
            .handleRequest(Calls.post(TWO), null);
    assertThat(response.getStatusCode()).isEqualTo(503);
    assertThat(Calls.json(response).at("/error/code").asText()).isEqualTo("store_unavailable");
    assertThat(response.getBody()).doesNotContain("/secret/path");
    assertThat(queue.waiting()).isZero();
  }

  private DeviceIngestHandler handler() {
    return new DeviceIngestHandler(raw, queue, () -> now, counters);
  }

  private void work() {
    List<Received> messages = queue.receive(10);
    List<String> bodies = messages.stream().map(Received::body).toList();
    var failed =
        new DeviceCountHandler(counts, () -> now, counters)
            .handleRequest(Calls.deliveries(bodies), null);
    assertThat(failed.getBatchItemFailures()).isEmpty();
    queue.remove(messages.stream().map(Received::id).toList());
  }

  private static String rawKey(APIGatewayV2HTTPResponse response) {
    return Calls.json(response).path("raw_key").asText();
  }

  private static RawKey key(JsonNode response) {
    String text = response.path("raw_key").asText();
    return new RawKey(
        LocalDate.parse(text.substring(4, 14)),
        UUID.fromString(text.substring(15, text.length() - 5)));
  }

  private static void assertError(
      APIGatewayV2HTTPResponse response, int status, String code, String field) {
    assertThat(response.getStatusCode()).isEqualTo(status);
    JsonNode error = Calls.json(response).path("error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("field").asText()).isEqualTo(field);
    assertThat(error.path("message").asText()).isNotBlank();
  }
}
