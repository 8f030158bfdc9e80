package io.gympulse.cloud.api.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import io.gympulse.cloud.api.setting.AlertLimits;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// Invented members: each request names another one.
class AlertQuotasTest {
  private static final String BIKE = "{\"machineId\":\"downtown-bike-1\"}";
  private static final String OTHER = "{\"machineId\":\"downtown-bike-2\"}";

  private int invented;

  @Test
  void however_many_members_are_invented_only_so_many_wait_for_a_machine() {
    try (RunningApi api = within(new AlertLimits(50, 3, 100, 1, 100, false))) {
      for (int i = 0; i < 3; i++) {
        assertThat(make(api, BIKE).statusCode()).isEqualTo(201);
      }
      HttpResponse<String> refused = make(api, BIKE);
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).contains("too_many_waiting", "At most 3 alerts");
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("60");
      assertThat(make(api, OTHER).statusCode()).isEqualTo(201);
      assertThat(api.get("/health").body()).contains("\"made\":4", "\"refusedOfMachine\":1");
    }
  }

  @Test
  void however_many_members_are_invented_one_address_makes_only_so_many() {
    try (RunningApi api = within(new AlertLimits(50, 100, 3, 1, 100, true))) {
      for (int i = 0; i < 3; i++) {
        assertThat(from(api, "6.6.6.6, 203.0.113.7", BIKE).statusCode()).isEqualTo(201);
      }
      HttpResponse<String> refused = from(api, "7.7.7.7, 203.0.113.7", BIKE);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("too_many_from_source", "3 at once, then 1 a minute");
      assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
          .isBetween(1, 60);
      assertThat(from(api, "203.0.113.8", BIKE).statusCode()).isEqualTo(201);
      assertThat(api.get("/health").body()).contains("\"refusedOfSource\":1");
    }
  }

  @Test
  void addresses_of_one_ipv6_network_are_one_also_behind_a_proxy() {
    try (RunningApi api = within(new AlertLimits(50, 100, 1, 1, 100, true))) {
      assertThat(from(api, "2001:db8::1", BIKE).statusCode()).isEqualTo(201);
      assertThat(from(api, "2001:db8::2", BIKE).statusCode()).isEqualTo(429);
      assertThat(from(api, "[2001:db8::3]:99", BIKE).statusCode()).isEqualTo(429);
      assertThat(from(api, "2001:db8:0:1::1", BIKE).statusCode()).isEqualTo(201);
    }
  }

  @Test
  void a_port_that_a_proxy_adds_is_no_part_of_the_address() {
    try (RunningApi api = within(new AlertLimits(50, 100, 1, 1, 100, true))) {
      assertThat(from(api, "203.0.113.7:5678", BIKE).statusCode()).isEqualTo(201);
      assertThat(from(api, "203.0.113.7:5679", BIKE).statusCode()).isEqualTo(429);
      assertThat(from(api, "203.0.113.7", BIKE).statusCode()).isEqualTo(429);
    }
  }

  @Test
  void what_is_no_address_counts_as_the_connections() {
    try (RunningApi api = within(new AlertLimits(50, 100, 1, 1, 100, true))) {
      assertThat(from(api, "unknown", BIKE).statusCode()).isEqualTo(201);
      assertThat(from(api, "_hidden", BIKE).statusCode()).isEqualTo(429);
      assertThat(from(api, "[", BIKE).statusCode()).isEqualTo(429);
      assertThat(from(api, "203.0.113.8, ", BIKE).statusCode()).isEqualTo(429);
      assertThat(from(api, "127.0.0.1", BIKE).statusCode()).isEqualTo(429);
    }
  }

  @Test
  void one_address_leaves_places_on_a_machine_to_others() {
    try (RunningApi api = within(new AlertLimits(50, 100, 100, 1, 2, false))) {
      assertThat(make(api, BIKE).statusCode()).isEqualTo(201);
      assertThat(make(api, BIKE).statusCode()).isEqualTo(201);
      assertThat(make(api, BIKE).statusCode()).isEqualTo(429);
      assertThat(make(api, OTHER).statusCode()).isEqualTo(201);
    }
  }

  @Test
  void unless_a_proxy_is_known_to_be_there_nobody_names_their_own_address() {
    try (RunningApi api = within(new AlertLimits(50, 100, 1, 1, 100, false))) {
      assertThat(from(api, "203.0.113.7", BIKE).statusCode()).isEqualTo(201);
      assertThat(from(api, "203.0.113.8", BIKE).statusCode()).isEqualTo(429);
    }
  }

  private static RunningApi within(AlertLimits limits) {
    return RunningApi.within(limits, new SampleGyms());
  }

  private HttpResponse<String> make(RunningApi api, String body) {
    return api.as("invented-" + invented++, "POST", "/alerts", body);
  }

  private HttpResponse<String> from(RunningApi api, String forwarded, String body) {
    return api.through(forwarded, "invented-" + invented++, "/alerts", body);
  }
}
