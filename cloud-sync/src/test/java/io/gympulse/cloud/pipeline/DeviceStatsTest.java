package io.gympulse.cloud.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceItem;
import io.gympulse.cloud.core.device.DeviceCounts.ItemId;
import io.gympulse.cloud.core.device.DeviceKind;
import io.gympulse.cloud.core.memory.InMemoryDeviceCounts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceStatsTest {
  private static final LocalDate MAY_1 = LocalDate.of(2026, 5, 1);

  private final InMemoryDeviceCounts counts = new InMemoryDeviceCounts();
  private final PipelineCounters counters = new PipelineCounters();
  private final DeviceStatsHandler stats = new DeviceStatsHandler(counts, counters);
  private final DeviceStatsPageHandler page = new DeviceStatsPageHandler(counts, counters);

  @Test
  void counts_are_returned_by_type_and_state() {
    count(0, "lock", "open");
    count(1, "light", "on");
    count(2, "light", "off");
    count(3, "light", "on");
    APIGatewayV2HTTPResponse response = stats.handleRequest(on("2026-05-01"), null);
    assertThat(response.getStatusCode()).isEqualTo(200);
    assertThat(response.getHeaders()).containsEntry("Content-Type", "application/json");
    assertThat(response.getBody())
        .isEqualTo(
            """
            [{"date":"2026-05-01","type":"light","state":"off","count":1},\
            {"date":"2026-05-01","type":"light","state":"on","count":2},\
            {"date":"2026-05-01","type":"lock","state":"open","count":1}]""");
  }

  @Test
  void a_date_without_counts_is_an_empty_list_and_a_page_that_says_so() {
    assertThat(stats.handleRequest(on("2026-05-02"), null).getBody()).isEqualTo("[]");
    assertThat(page.handleRequest(on("2026-05-02"), null).getBody())
        .contains("0 items counted so far")
        .doesNotContain("<table>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "today", "2026-5-1", "2026-02-30", "2026-05-01T00:00:00Z"})
  void an_invalid_date_is_rejected(String date) {
    for (var handler : List.of(stats, page)) {
      APIGatewayV2HTTPResponse response = handler.handleRequest(on(date), null);
      assertThat(response.getStatusCode()).isEqualTo(400);
      assertThat(Calls.json(response).at("/error/field").asText()).isEqualTo("date");
    }
    assertThat(stats.handleRequest(Calls.get(Map.of()), null).getStatusCode()).isEqualTo(400);
  }

  @Test
  void values_of_devices_are_escaped_on_the_page() {
    count(0, "<script>alert('x')</script>", "a & \"b\"");
    APIGatewayV2HTTPResponse response = page.handleRequest(on("2026-05-01"), null);
    assertThat(response.getHeaders())
        .containsEntry("Content-Type", "text/html; charset=utf-8")
        .containsEntry("X-Content-Type-Options", "nosniff")
        .hasEntrySatisfying(
            "Content-Security-Policy", it -> assertThat(it).contains("default-src 'none'"));
    assertThat(response.getBody())
        .doesNotContain("<script")
        .contains(
            "<tr><td>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;</td>"
                + "<td>a &amp; &quot;b&quot;</td><td>1</td></tr>");
  }

  private void count(int index, String type, String state) {
    ItemId id = new ItemId(UUID.fromString("0d9f8a52-6c1c-8c53-9f3e-3f3d6a0a7f11"), index);
    counts.addOnce(
        new DeviceItem(id, MAY_1, new DeviceKind(type, state)),
        Instant.parse("2026-05-01T12:00:00Z"));
  }

  private static APIGatewayV2HTTPEvent on(String date) {
    return Calls.get(Map.of("date", date));
  }
}
