package io.gympulse.cloud.api.forecasts;

import static io.gympulse.cloud.api.SampleGyms.NOW;
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
import io.gympulse.cloud.core.forecast.CategoryModel;
import io.gympulse.cloud.core.forecast.ModelFitting;
import io.gympulse.cloud.core.forecast.OccupancyHistory;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForecastControllerTest {
  private static final CategoryModel MODEL = model();
  private static final String CATEGORY = "/branches/downtown/categories/bike/forecast";
  private static final String MACHINE = "/machines/downtown-bike-1/forecast";

  private final SampleGyms gyms = new SampleGyms();
  private final RunningApi api =
      new RunningApi(gyms, RunningApi.Settings.STANDARD.withClock(() -> NOW));

  @BeforeEach
  void occupy() {
    gyms.setPresence("downtown", true);
    gyms.set("downtown-bike-1", MachineStatus.OCCUPIED, Optional.empty());
    gyms.set("downtown-bike-2", MachineStatus.OCCUPIED, Optional.empty());
    gyms.set("downtown-bike-3", MachineStatus.FREE, Optional.empty());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_category_has_a_probability_its_interval_and_a_mean_wait() {
    gyms.putModel("downtown", "bike", MODEL);
    JsonNode answer = json(api.get(CATEGORY + "?at=" + NOW.plusSeconds(3_600)));
    assertThat(answer.path("at").asText()).isEqualTo(NOW.plusSeconds(3_600).toString());
    assertThat(answer.path("gymId").asText()).isEqualTo("downtown");
    assertThat(answer.path("basis").asText()).isEqualTo("model");
    double probability = answer.path("probability").asDouble();
    assertThat(probability).isBetween(0.5, 1.0);
    assertThat(answer.path("interval").path("low").asDouble()).isLessThanOrEqualTo(probability);
    assertThat(answer.path("interval").path("high").asDouble()).isBetween(probability, 1.0);
    assertThat(answer.path("reason").isNull()).isTrue();
    assertThat(answer.path("machines").asInt()).isEqualTo(3);
    assertThat(answer.path("known").asInt()).isEqualTo(3);
    assertThat(answer.path("free").path("high").asInt()).isBetween(1, 3);
    assertThat(answer.path("meanWaitSeconds").asInt()).isBetween(0, 1_200);
    assertThat(answer.path("fittedAt").asText()).isEqualTo(MODEL.fittedAt().toString());
  }

  @Test
  void a_machine_in_use_is_less_likely_free_than_a_free_one() {
    gyms.putModel("downtown", "bike", MODEL);
    JsonNode occupied = json(api.get(MACHINE));
    JsonNode free = json(api.get("/machines/downtown-bike-3/forecast?minutes=30"));
    assertThat(occupied.path("machineId").asText()).isEqualTo("downtown-bike-1");
    assertThat(occupied.path("category").asText()).isEqualTo("bike");
    assertThat(occupied.path("at").asText()).isEqualTo(NOW.plusSeconds(1_800).toString());
    assertThat(occupied.path("probability").asDouble())
        .isBetween(0.0, free.path("probability").asDouble() - 0.01);
    assertThat(occupied.path("free").isNull()).isTrue();
  }

  @Test
  void without_a_forecast_the_reason_is_given() {
    assertNone(CATEGORY, "too_little_data");
    gyms.putModel("downtown", "bike", MODEL);
    gyms.set("downtown-bike-1", MachineStatus.UNKNOWN, Optional.of(UnknownReason.NO_READING));
    assertNone(MACHINE, "status_unknown");
    assertThat(json(api.get(CATEGORY)).path("known").asInt()).isEqualTo(2);
    gyms.setPresence("downtown", false);
    assertNone(CATEGORY, "status_unknown");
    assertNone("/machines/downtown-bike-3/forecast", "status_unknown");
  }

  @Test
  void a_time_out_of_reach_and_unknown_names_are_refused() {
    assertError(CATEGORY + "?at=" + NOW.plusSeconds(10_801), 400, "at");
    assertError(CATEGORY + "?at=" + NOW.minusSeconds(61), 400, "at");
    assertError(CATEGORY + "?at=soon", 400, "at");
    assertError(MACHINE + "?minutes=181", 400, "minutes");
    assertError(MACHINE + "?minutes=-1", 400, "minutes");
    assertError(MACHINE + "?minutes=half", 400, "minutes");
    assertThat(api.get("/machines/nothing/forecast").statusCode()).isEqualTo(404);
    assertThat(api.get("/branches/downtown/categories/sauna/forecast").statusCode()).isEqualTo(404);
    assertThat(api.get("/branches/nowhere/categories/bike/forecast").statusCode()).isEqualTo(404);
    gyms.makeUnavailable("disk");
    assertThat(api.get(MACHINE).statusCode()).isEqualTo(503);
  }

  private void assertNone(String path, String reason) {
    JsonNode answer = json(api.get(path));
    assertThat(answer.path("basis").asText()).isEqualTo("none");
    assertThat(answer.path("reason").asText()).isEqualTo(reason);
    assertThat(answer.path("probability").isNull()).isTrue();
  }

  private void assertError(String path, int status, String field) {
    HttpResponse<String> answer = api.get(path);
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

  /// Four weeks in which a machine begins or ends its use in every third quarter of an hour.
  private static CategoryModel model() {
    List<MachineId> machines =
        List.of("downtown-bike-1", "downtown-bike-2", "downtown-bike-3").stream()
            .map(MachineId::new)
            .toList();
    OccupancyHistory history = new OccupancyHistory(machines, NOW);
    Random random = new Random(1);
    Map<MachineId, MachineStatus> status = new TreeMap<>();
    long half = Window.LENGTH.toMillis() / 2;
    for (Window window : Window.touching(NOW.minus(Duration.ofDays(28)), NOW)) {
      Map<MachineId, MachineBin> bins = new TreeMap<>();
      for (MachineId machine : machines) {
        MachineStatus before = status.getOrDefault(machine, MachineStatus.FREE);
        boolean changes = random.nextInt(3) == 0;
        MachineStatus after =
            changes == (before == MachineStatus.FREE) ? MachineStatus.OCCUPIED : MachineStatus.FREE;
        long busy =
            (before == MachineStatus.OCCUPIED ? half : 0)
                + (after == MachineStatus.OCCUPIED ? half : 0);
        bins.put(machine, new MachineBin(busy, 2 * half - busy, 0, changes ? 1 : 0, before, after));
        status.put(machine, after);
      }
      history.add(
          new CategoryBin(new BinKey(new GymId("downtown"), new CategoryId("bike"), window), bins));
    }
    return new ModelFitting(ZoneId.of("Europe/Berlin"), 3, ModelFitting.STANDARD).fit(history);
  }
}
