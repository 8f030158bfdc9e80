package io.gympulse.cloud.api.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import io.gympulse.cloud.api.identity.Role;
import io.gympulse.cloud.core.gateway.GatewayHealths.ReceivedHealth;
import io.gympulse.cloud.core.gateway.SampleHealth;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.message.GatewayHealth;
import io.gympulse.process.ProcessClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class GatewayControllerTest {
  private static final SampleGyms GYMS = new SampleGyms();
  private static final RunningApi API = new RunningApi(GYMS);
  private static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("downtown"), new GatewayId("downtown-gw"));

  @AfterAll
  static void stop() {
    API.close();
  }

  @Test
  void the_health_of_a_gateway_is_shown_with_its_age() {
    Instant sentAt =
        ProcessClock.real().instant().minus(Duration.ofMinutes(2)).truncatedTo(ChronoUnit.SECONDS);
    GatewayHealth health = SampleHealth.of(GATEWAY, sentAt);
    GYMS.setHealth(new ReceivedHealth(health, sentAt.plusSeconds(1)));

    JsonNode shown = json(get("/gateways/downtown-gw/health"));
    assertThat(shown.path("ageSeconds").asLong()).isBetween(120L, 180L);
    assertThat(shown.fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "gymId",
            "reportedAt",
            "ageSeconds",
            "outboxDepth",
            "quarantined",
            "oldestUnacknowledgedSeconds",
            "lastAcknowledgedAt",
            "connections",
            "clockSynchronised",
            "cpuTemperatureCelsius",
            "throttled",
            "throttledSinceBoot",
            "residentBytes",
            "heapUsedBytes",
            "diskFreeBytes",
            "diskTotalBytes",
            "writtenBytesPerDay",
            "syncsPerDay",
            "cardLifeYears",
            "gatewayVersion",
            "javaVersion",
            "osVersion",
            "boots",
            "upSeconds",
            "sensorVerdicts",
            "sensorsOmitted",
            "sensors");
    assertThat(shown.path("gymId").asText()).isEqualTo("downtown");
    assertThat(shown.path("reportedAt").asText()).isEqualTo(sentAt.toString());
    assertThat(shown.path("throttledSinceBoot")).hasToString("[\"under-voltage\"]");
    assertThat(shown.path("heapUsedBytes").isNull()).isTrue();
    assertThat(shown.path("sensorVerdicts")).hasToString("{\"dead\":1,\"free\":2}");
    assertThat(shown.at("/sensors/0"))
        .hasToString(
            ("{\"id\":\"seat\",\"machineId\":\"bike\",\"verdict\":\"dead\",\"since\":\"%s\","
                    + "\"reason\":\"no message\",\"read\":41,\"ignored\":2,\"malformed\":3,"
                    + "\"lastMessageAt\":\"%s\"}")
                .formatted(sentAt.minusSeconds(90), sentAt.minusSeconds(95)));
  }

  @Test
  void a_gateway_that_is_unknown_or_has_reported_nothing_is_404() {
    assertError(get("/gateways/nobody/health"), 404, "unknown_gateway");
    assertError(get("/gateways/riverside-gw/health"), 404, "unknown_gateway");
  }

  @Test
  void an_operator_of_another_gym_sees_none_and_a_member_may_not_ask() {
    Instant now = ProcessClock.real().instant().truncatedTo(ChronoUnit.SECONDS);
    GYMS.setHealth(new ReceivedHealth(SampleHealth.of(GATEWAY, now), now));
    String path = "/gateways/downtown-gw/health";
    String other = RunningApi.token("eve", new Role.Operator(new GymId("riverside")));
    assertError(API.sendWith(other, "GET", path, ""), 404, "unknown_gateway");
    String admin = RunningApi.token("ada", new Role.Admin());
    assertThat(API.sendWith(admin, "GET", path, "").statusCode()).isEqualTo(200);
    assertError(API.sendAs("ann", "GET", path, ""), 403, "missing_role");
    assertError(API.get(path), 401, "missing_token");
  }

  @Test
  void a_malformed_id_is_400_and_names_the_field() {
    assertError(get("/gateways/A_B/health"), 400, "invalid_field");
  }

  @Test
  void while_the_database_cannot_be_read_it_is_503() {
    GYMS.makeUnavailable("the disk is gone");
    try {
      assertError(get("/gateways/downtown-gw/health"), 503, "store_unavailable");
    } finally {
      GYMS.makeAvailable();
    }
  }

  /// As an operator of the gym downtown.
  private static HttpResponse<String> get(String path) {
    String token = RunningApi.token("olga", new Role.Operator(new GymId("downtown")));
    return API.sendWith(token, "GET", path, "");
  }

  private static void assertError(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(json(response).path("code").asText()).isEqualTo(code);
  }

  private static JsonNode json(HttpResponse<String> response) {
    try {
      return JsonMapper.builder().build().readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(response.body(), e);
    }
  }
}
