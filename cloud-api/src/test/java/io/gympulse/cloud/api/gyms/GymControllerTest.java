package io.gympulse.cloud.api.gyms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GymControllerTest {
  private static final SampleGyms GYMS = new SampleGyms();
  private static final AtomicReference<Instant> NOW = new AtomicReference<>(SampleGyms.NOW);
  private static final RunningApi API =
      new RunningApi(GYMS, RunningApi.Settings.STANDARD.withClock(NOW::get));

  @AfterAll
  static void stop() {
    API.close();
  }

  @BeforeEach
  void setStates() {
    GYMS.makeAvailable();
    NOW.set(SampleGyms.NOW);
    GYMS.set("downtown-bike-1", MachineStatus.FREE, Optional.empty());
    GYMS.set("downtown-bike-2", MachineStatus.OCCUPIED, Optional.empty());
    GYMS.set("downtown-treadmill-1", MachineStatus.UNKNOWN, Optional.of(UnknownReason.SENSOR_DEAD));
    GYMS.setPresence("downtown", true);
  }

  @Test
  void branches_carry_counts_per_category_and_the_presence_of_their_gateway() {
    JsonNode branches = json(API.get("/branches")).path("branches");
    assertThat(branches).hasSize(2);
    assertThat(branches.get(0))
        .hasToString(
            "{\"id\":\"downtown\",\"name\":\"Downtown\","
                + "\"coordinates\":{\"latitude\":52.5,\"longitude\":13.4},"
                + "\"zone\":\"Europe/Berlin\",\"presence\":{\"status\":\"online\","
                + "\"lastHeardAt\":\"2026-03-02T16:59:20Z\",\"since\":\"2026-03-02T16:00:00Z\"},"
                + "\"counts\":{\"total\":7,\"free\":1,\"occupied\":1,\"unknown\":5,\"offline\":0},"
                + "\"categories\":["
                + "{\"category\":\"bike\",\"total\":3,\"free\":1,\"occupied\":1,\"unknown\":1,\"offline\":0},"
                + "{\"category\":\"treadmill\",\"total\":4,\"free\":0,\"occupied\":0,\"unknown\":4,\"offline\":0}]}");
    assertThat(branches.get(1).path("presence").path("status").asText()).isEqualTo("unknown");
    assertThat(branches.get(1).path("presence").path("lastHeardAt").isNull()).isTrue();
  }

  @Test
  void a_machine_has_its_status_its_start_and_its_position() {
    assertThat(json(API.get("/machines/downtown-bike-2")))
        .hasToString(
            "{\"id\":\"downtown-bike-2\",\"name\":\"Bike 2\",\"category\":\"bike\","
                + "\"gymId\":\"downtown\",\"position\":{\"x\":4.0,\"y\":1.5},"
                + "\"status\":\"occupied\",\"keptStatus\":\"occupied\",\"reason\":null,"
                + "\"since\":\"2026-03-02T16:55:00Z\",\"presence\":{\"status\":\"online\","
                + "\"lastHeardAt\":\"2026-03-02T16:59:20Z\",\"since\":\"2026-03-02T16:00:00Z\"},"
                + "\"feed\":{\"status\":\"up\",\"since\":\"2026-03-02T17:00:00Z\"}}");
  }

  @Test
  void a_machine_without_a_state_is_unknown_with_reason_no_reading() {
    JsonNode machine = json(API.get("/machines/riverside-bike-1"));
    assertThat(machine.path("status").asText()).isEqualTo("unknown");
    assertThat(machine.path("reason").asText()).isEqualTo("no-reading");
    assertThat(machine.path("since").isNull()).isTrue();
  }

  @Test
  void offline_hides_the_kept_status() {
    GYMS.setPresence("downtown", false);
    JsonNode machine = json(API.get("/machines/downtown-bike-1"));
    assertThat(machine.path("status").asText()).isEqualTo("offline");
    assertThat(machine.path("keptStatus").asText()).isEqualTo("free");
    JsonNode branch = json(API.get("/branches/downtown"));
    assertThat(branch.path("counts").path("offline").asInt()).isEqualTo(7);
    assertThat(branch.path("machines")).hasSize(7);
  }

  @Test
  void a_gateway_without_contact_for_too_long_is_offline_although_stored_as_online() {
    Instant lastHeard = SampleGyms.NOW.minusSeconds(40);
    NOW.set(lastHeard.plusSeconds(300).minusMillis(1));
    assertThat(presence("/branches/downtown")).isEqualTo("online");
    NOW.set(lastHeard.plusSeconds(300));
    for (String path :
        List.of(
            "/branches/downtown",
            "/branches/downtown/categories/bike/machines",
            "/machines/downtown-bike-1")) {
      assertThat(presence(path)).as(path).isEqualTo("offline");
    }
    JsonNode branch = json(API.get("/branches/downtown"));
    assertThat(branch.path("presence").path("since").asText()).isEqualTo("2026-03-02T17:04:20Z");
    assertThat(branch.path("counts").path("offline").asInt()).isEqualTo(7);
    JsonNode all = json(API.get("/branches")).path("branches");
    assertThat(all.get(0).path("presence").path("status").asText()).isEqualTo("offline");
    JsonNode machine = json(API.get("/machines/downtown-bike-1"));
    assertThat(machine.path("status").asText()).isEqualTo("offline");
    assertThat(machine.path("keptStatus").asText()).isEqualTo("free");
  }

  @Test
  void every_response_has_the_status_of_the_feed() {
    for (String path :
        List.of(
            "/branches",
            "/branches/downtown",
            "/branches/downtown/categories/bike/machines",
            "/machines/downtown-bike-1")) {
      JsonNode feed = json(API.get(path)).path("feed");
      assertThat(feed.path("status").asText()).as(path).isEqualTo("up");
      assertThat(feed.path("since").asText()).as(path).isEqualTo("2026-03-02T17:00:00Z");
    }
  }

  @Test
  void machines_of_a_category_come_in_the_order_of_the_floor_plan() {
    JsonNode answer = json(API.get("/branches/downtown/categories/bike/machines"));
    assertThat(answer.path("machines").findValuesAsText("id"))
        .containsExactly("downtown-bike-1", "downtown-bike-2", "downtown-bike-3");
  }

  @Test
  void an_unknown_id_is_404_and_named() {
    assertError(API.get("/branches/nowhere"), 404, "unknown_gym", "nowhere");
    assertError(API.get("/machines/nothing"), 404, "unknown_machine", "nothing");
    assertError(
        API.get("/branches/downtown/categories/sauna/machines"), 404, "unknown_category", "sauna");
  }

  @Test
  void a_malformed_id_is_400_and_names_the_field() {
    assertError(API.get("/branches/Down%20town"), 400, "invalid_field", "Down town");
    HttpResponse<String> answer = API.get("/branches/downtown/categories/B!/machines");
    assertThat(json(answer).at("/errors/0/parameter").asText()).isEqualTo("category");
  }

  @Test
  void an_unavailable_store_is_503_and_the_api_recovers_with_it() {
    GYMS.makeUnavailable("cloud.db is not there yet");
    assertError(API.get("/branches"), 503, "store_unavailable", "try again");
    GYMS.makeAvailable();
    assertThat(API.get("/branches").statusCode()).isEqualTo(200);
  }

  private static String presence(String path) {
    return json(API.get(path)).path("presence").path("status").asText();
  }

  private static void assertError(
      HttpResponse<String> answer, int status, String code, String mentioned) {
    assertThat(answer.statusCode()).isEqualTo(status);
    JsonNode problem = json(answer);
    assertThat(problem.path("code").asText()).isEqualTo(code);
    assertThat(problem.path("detail").asText()).contains(mentioned);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return new JsonMapper().readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + answer.body(), e);
    }
  }
}
