package io.gympulse.cloud.api.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import io.gympulse.cloud.api.alerts.AlertQuotas.Limits;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// Each request names another member, as a client that invents members would.
class AlertQuotasTest {
  private static final String BIKE = "{\"machineId\":\"downtown-bike-1\"}";
  private static final String OTHER = "{\"machineId\":\"downtown-bike-2\"}";

  private int invented;

  @Test
  void alerts_on_a_machine_are_limited_across_members() {
    try (RunningApi api = within(new Limits(50, 3, 100, 1, 100, false))) {
      for (int i = 0; i < 3; i++) {
        assertThat(create(api, BIKE).statusCode()).isEqualTo(201);
      }
      HttpResponse<String> refused = create(api, BIKE);
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).contains("too_many_waiting", "At most 3 alerts");
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("60");
      assertThat(create(api, OTHER).statusCode()).isEqualTo(201);
      assertThat(api.get("/health").body()).contains("\"made\":4", "\"refusedOfMachine\":1");
    }
  }

  @Test
  void alerts_of_one_address_are_limited_across_members() {
    try (RunningApi api = within(new Limits(50, 100, 3, 1, 100, true))) {
      for (int i = 0; i < 3; i++) {
        assertThat(createFrom(api, "6.6.6.6, 203.0.113.7", BIKE).statusCode()).isEqualTo(201);
      }
      HttpResponse<String> refused = createFrom(api, "7.7.7.7, 203.0.113.7", BIKE);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("too_many_from_source", "3 at once, then 1 a minute");
      assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
          .isBetween(1, 60);
      assertThat(createFrom(api, "203.0.113.8", BIKE).statusCode()).isEqualTo(201);
      assertThat(api.get("/health").body()).contains("\"refusedOfSource\":1");
    }
  }

  @Test
  void addresses_of_one_ipv6_network_share_limits_behind_a_proxy_too() {
    try (RunningApi api = within(new Limits(50, 100, 1, 1, 100, true))) {
      assertThat(createFrom(api, "2001:db8::1", BIKE).statusCode()).isEqualTo(201);
      assertThat(createFrom(api, "2001:db8::2", BIKE).statusCode()).isEqualTo(429);
      assertThat(createFrom(api, "[2001:db8::3]:99", BIKE).statusCode()).isEqualTo(429);
      assertThat(createFrom(api, "2001:db8:0:1::1", BIKE).statusCode()).isEqualTo(201);
    }
  }

  @Test
  void a_port_in_x_forwarded_for_is_ignored() {
    try (RunningApi api = within(new Limits(50, 100, 1, 1, 100, true))) {
      assertThat(createFrom(api, "203.0.113.7:5678", BIKE).statusCode()).isEqualTo(201);
      assertThat(createFrom(api, "203.0.113.7:5679", BIKE).statusCode()).isEqualTo(429);
      assertThat(createFrom(api, "203.0.113.7", BIKE).statusCode()).isEqualTo(429);
    }
  }

  @Test
  void an_invalid_x_forwarded_for_counts_as_the_connections_address() {
    try (RunningApi api = within(new Limits(50, 100, 1, 1, 100, true))) {
      assertThat(createFrom(api, "unknown", BIKE).statusCode()).isEqualTo(201);
      assertThat(createFrom(api, "_hidden", BIKE).statusCode()).isEqualTo(429);
      assertThat(createFrom(api, "[", BIKE).statusCode()).isEqualTo(429);
      assertThat(createFrom(api, "203.0.113.8, ", BIKE).statusCode()).isEqualTo(429);
      assertThat(createFrom(api, "127.0.0.1", BIKE).statusCode()).isEqualTo(429);
    }
  }

  @Test
  void alerts_of_one_address_on_one_machine_are_limited() {
    try (RunningApi api = within(new Limits(50, 100, 100, 1, 2, false))) {
      assertThat(create(api, BIKE).statusCode()).isEqualTo(201);
      assertThat(create(api, BIKE).statusCode()).isEqualTo(201);
      assertThat(create(api, BIKE).statusCode()).isEqualTo(429);
      assertThat(create(api, OTHER).statusCode()).isEqualTo(201);
    }
  }

  @Test
  void x_forwarded_for_is_ignored_without_the_option() {
    try (RunningApi api = within(new Limits(50, 100, 1, 1, 100, false))) {
      assertThat(createFrom(api, "203.0.113.7", BIKE).statusCode()).isEqualTo(201);
      assertThat(createFrom(api, "203.0.113.8", BIKE).statusCode()).isEqualTo(429);
    }
  }

  private static RunningApi within(Limits limits) {
    return new RunningApi(new SampleGyms(), RunningApi.Settings.STANDARD.withLimits(limits));
  }

  private HttpResponse<String> create(RunningApi api, String body) {
    return api.sendAs("invented-" + invented++, "POST", "/alerts", body);
  }

  private HttpResponse<String> createFrom(RunningApi api, String forwarded, String body) {
    return api.postThroughProxy(forwarded, "invented-" + invented++, "/alerts", body);
  }
}
