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
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AggregateControllerTest {
  private static final SampleGyms GYMS = new SampleGyms();
  private static final RunningApi API = new RunningApi(GYMS);
  private static final String PATH = "/branches/downtown/categories/bike/aggregates";

  /// Within the API's last day, by its real clock.
  private final Window window = Window.of(ProcessClock.real().instant().minus(Duration.ofHours(2)));

  @AfterAll
  static void stop() {
    API.close();
  }

  @Test
  void windows_have_totals_and_machines_and_are_unknown_without_an_aggregate() {
    GYMS.aggregate(
        new CategoryBin(
            new BinKey(new GymId("downtown"), new CategoryId("bike"), window),
            Map.of(
                new MachineId("downtown-bike-1"),
                new MachineBin(
                    310_000, 90_000, 500_000, 3, MachineStatus.FREE, MachineStatus.UNKNOWN))));
    JsonNode answer =
        json(API.get("%s?from=%s&to=%s".formatted(PATH, window.start(), window.next().end())));
    assertThat(answer.path("from").asText()).isEqualTo(window.start().toString());
    assertThat(answer.path("windows")).hasSize(2);
    assertThat(answer.path("windows").get(0))
        .hasToString(
            ("{\"start\":\"%s\",\"occupiedMillis\":310000,\"freeMillis\":90000,"
                    + "\"unknownMillis\":500000,\"transitions\":3,\"occupancyRatio\":0.775,\"machines\":["
                    + "{\"id\":\"downtown-bike-1\",\"occupiedMillis\":310000,\"freeMillis\":90000,"
                    + "\"unknownMillis\":500000,\"transitions\":3,\"occupancyRatio\":0.775,"
                    + "\"startStatus\":\"free\",\"endStatus\":\"unknown\"}]}")
                .formatted(window.start()));
    JsonNode absent = answer.path("windows").get(1);
    assertThat(absent.path("unknownMillis").asLong()).isEqualTo(2_700_000);
    assertThat(absent.path("machines").findValuesAsText("id"))
        .containsExactly("downtown-bike-1", "downtown-bike-2", "downtown-bike-3");
  }

  @Test
  void a_gym_has_the_sum_of_its_categories() {
    GYMS.aggregate(
        new CategoryBin(
            new BinKey(new GymId("riverside"), new CategoryId("bike"), window),
            Map.of(
                new MachineId("riverside-bike-1"),
                new MachineBin(900_000, 0, 0, 0, MachineStatus.OCCUPIED, MachineStatus.OCCUPIED),
                new MachineId("riverside-bike-2"),
                new MachineBin(
                    0, 300_000, 600_000, 1, MachineStatus.UNKNOWN, MachineStatus.FREE))));
    JsonNode answer =
        json(
            API.get(
                "/branches/riverside/aggregates?from=%s&to=%s"
                    .formatted(window.start(), window.end())));
    assertThat(answer.path("gymId").asText()).isEqualTo("riverside");
    assertThat(answer.path("windows"))
        .hasToString(
            ("[{\"start\":\"%s\",\"occupiedMillis\":900000,\"freeMillis\":300000,"
                    + "\"unknownMillis\":600000,\"transitions\":1,\"occupancyRatio\":0.75,"
                    + "\"categories\":[{\"category\":\"bike\",\"occupiedMillis\":900000,"
                    + "\"freeMillis\":300000,\"unknownMillis\":600000,\"transitions\":1,"
                    + "\"occupancyRatio\":0.75}]}]")
                .formatted(window.start()));
    JsonNode day = json(API.get("/branches/downtown/aggregates"));
    assertThat(day.at("/windows/0/categories").findValuesAsText("category"))
        .containsExactly("bike", "treadmill");
    assertThat(day.at("/windows/0/unknownMillis").asLong()).isEqualTo(7 * 900_000);
    assertThat(API.get("/branches/nowhere/aggregates").statusCode()).isEqualTo(404);
  }

  @Test
  void without_a_range_the_last_day_is_returned() {
    assertThat(json(API.get(PATH)).path("windows")).hasSizeBetween(96, 97);
  }

  @Test
  void an_invalid_range_is_400_and_names_the_field() {
    assertError(API.get(PATH + "?from=yesterday"), 400, "from");
    assertError(API.get(PATH + "?to=1777636800"), 400, "to");
    assertError(API.get(PATH + "?from=2026-05-01T12:00:00Z&to=2026-05-01T12:00:00Z"), 400, "from");
    assertError(API.get(PATH + "?from=2026-05-01T12:00:00Z&to=2026-05-08T12:00:01Z"), 400, "from");
  }

  @Test
  void a_time_before_1970_or_after_9999_is_400() {
    assertError(API.get(PATH + "?to=%2B999999999-12-31T23:59:59Z"), 400, "to");
    assertError(API.get(PATH + "?from=-999999999-01-01T00:00:00Z"), 400, "from");
    assertError(API.get(PATH + "?to=%2B10000-01-01T00:00:00Z"), 400, "to");
    assertThat(API.get(PATH + "?to=9999-12-31T23:59:59.999Z").statusCode()).isEqualTo(200);
    assertThat(API.get(PATH + "?to=1970-01-01T00:00:00Z").statusCode()).isEqualTo(200);
  }

  @Test
  void an_unknown_gym_or_category_is_404() {
    assertThat(API.get("/branches/nowhere/categories/bike/aggregates").statusCode()).isEqualTo(404);
    assertThat(API.get("/branches/downtown/categories/sauna/aggregates").statusCode())
        .isEqualTo(404);
  }

  private static void assertError(HttpResponse<String> answer, int status, String field) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(json(answer).at("/errors/0/parameter").asText()).isEqualTo(field);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return new JsonMapper().readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + answer.body(), e);
    }
  }
}
