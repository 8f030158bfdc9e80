package io.gympulse.cloud.api.aggregates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.process.ProcessClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MachineHistoryControllerTest {
  private static final SampleGyms GYMS = new SampleGyms();
  private static final RunningApi API = new RunningApi(GYMS);
  private static final String PATH = "/machines/downtown-bike-2/history";

  /// Within the API's last day, by its real clock.
  private final Window window = Window.of(ProcessClock.real().instant().minus(Duration.ofHours(2)));

  @AfterAll
  static void stop() {
    API.close();
  }

  @Test
  void a_history_has_the_machines_bins_and_its_changes_by_name() {
    GYMS.aggregate(
        new CategoryBin(
            new BinKey(new GymId("downtown"), new CategoryId("bike"), window),
            Map.of(
                new MachineId("downtown-bike-1"),
                MachineBin.UNKNOWN,
                new MachineId("downtown-bike-2"),
                new MachineBin(
                    300_000, 300_000, 300_000, 3, MachineStatus.UNKNOWN, MachineStatus.FREE))));
    Instant start = window.start();
    change(MachineStatus.FREE, start.plusSeconds(300));
    change(MachineStatus.OCCUPIED, start.plusSeconds(360));
    change(MachineStatus.FREE, start.plusSeconds(660));
    change(MachineStatus.FREE, start.plusSeconds(720));
    JsonNode history =
        json(
            API.get(
                "%s?from=%s&to=%s".formatted(PATH, start.plusSeconds(310), window.next().end())));
    assertThat(history.path("machineId").asText()).isEqualTo("downtown-bike-2");
    assertThat(history.path("from").asText()).isEqualTo(start.toString());
    assertThat(history.path("to").asText()).isEqualTo(window.next().end().toString());
    assertThat(history.path("bins")).hasSize(2);
    assertThat(history.path("bins").get(0))
        .hasToString(
            ("{\"start\":\"%s\",\"occupiedMillis\":300000,\"freeMillis\":300000,"
                    + "\"unknownMillis\":300000,\"transitions\":3,\"occupancyRatio\":0.5,"
                    + "\"startStatus\":\"unknown\",\"endStatus\":\"free\"}")
                .formatted(start));
    assertThat(history.at("/bins/1/unknownMillis").asLong()).isEqualTo(900_000);
    assertThat(history.at("/bins/1/occupancyRatio").isNull()).isTrue();
    assertThat(history.path("transitions").findValuesAsText("transition"))
        .containsExactly("initialized", "occupied", "freed", "no_change");
    assertThat(history.path("transitions").findValuesAsText("status"))
        .containsExactly("free", "occupied", "free", "free");
    assertThat(history.path("transitionsOmitted").asInt()).isZero();
  }

  @Test
  void a_day_is_the_default_and_28_days_are_the_most() {
    assertThat(json(API.get(PATH)).path("bins")).hasSizeBetween(96, 97);
    String longest = PATH + "?from=2026-05-01T00:00:00Z&to=2026-05-29T00:00:00Z";
    assertThat(json(API.get(longest)).path("bins")).hasSize(28 * 96);
    HttpResponse<String> longer =
        API.get(PATH + "?from=2026-05-01T00:00:00Z&to=2026-05-29T00:00:01Z");
    assertThat(longer.statusCode()).isEqualTo(400);
    assertThat(json(longer).at("/errors/0/parameter").asText()).isEqualTo("from");
    assertThat(json(API.get("/machines/nothing/history")).path("code").asText())
        .isEqualTo("unknown_machine");
  }

  private static void change(MachineStatus status, Instant at) {
    GYMS.report("downtown", "downtown-bike-2", status, at);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return new JsonMapper().readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + answer.body(), e);
    }
  }
}
