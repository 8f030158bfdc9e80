package io.gympulse.cloud.api.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertControllerTest {
  private static final RunningApi API = new RunningApi(new SampleGyms());
  private static final String BIKE = "{\"machineId\":\"downtown-bike-1\"}";

  @AfterAll
  static void stop() {
    API.close();
  }

  @Test
  void an_alert_defaults_to_the_gyms_zone_and_the_websocket_channel() {
    HttpResponse<String> created =
        API.sendAs(
            "ann",
            "POST",
            "/alerts",
            """
            {"machineId":"downtown-bike-1","quiet_hours":{"start":"22:00","end":"07:00"}}""");
    assertThat(created.statusCode()).isEqualTo(201);
    JsonNode alert = json(created);
    assertThat(alert.path("status").asText()).isEqualTo("active");
    assertThat(alert.path("gymId").asText()).isEqualTo("downtown");
    assertThat(alert.path("zone").asText()).isEqualTo("Europe/Berlin");
    assertThat(alert.path("quiet_hours").path("end").asText()).isEqualTo("07:00");
    assertThat(alert.path("channels")).hasToString("[{\"type\":\"websocket\"}]");
    assertThat(alert.path("repeat").asBoolean()).isFalse();
    assertThat(alert.path("expiry").isNull()).isTrue();
    assertThat(json(API.sendAs("ann", "GET", "/alerts/" + alert.path("id").asText(), "")))
        .isEqualTo(alert);
  }

  @Test
  void no_response_has_a_webhooks_secret() {
    HttpResponse<String> created =
        API.sendAs(
            "bob",
            "POST",
            "/alerts",
            """
            {"machineId":"downtown-bike-1","repeat":true,"cooldown":60,"channels":[
              {"type":"email","address":"bob@example.org"},
              {"type":"webhook","uri":"https://example.org/h","secret":"hush-hush-hush-hush"}]}""");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.body()).doesNotContain("hush").contains("https://example.org/h");
    assertThat(json(created).path("cooldown").asLong()).isEqualTo(60);
    assertThat(API.sendAs("bob", "GET", "/alerts", "").body()).doesNotContain("hush");
  }

  @Test
  void a_member_sees_and_changes_only_their_own() {
    String id = create("carol");
    assertThat(json(API.sendAs("carol", "GET", "/alerts", "")).path("alerts")).hasSize(1);
    assertThat(json(API.sendAs("dave", "GET", "/alerts", "")).path("alerts")).isEmpty();
    for (String method : new String[] {"GET", "PATCH", "DELETE"}) {
      String body = method.equals("PATCH") ? "{}" : "";
      assertError(
          API.sendAs("dave", method, "/alerts/" + id, body), 404, "unknown_alert", "detail");
    }
  }

  @Test
  void a_change_keeps_absent_fields() {
    String id = create("erin");
    String path = "/alerts/" + id;
    JsonNode repeating =
        json(API.sendAs("erin", "PATCH", path, "{\"repeat\":true,\"quiet_hours\":null}"));
    assertThat(repeating.path("repeat").asBoolean()).isTrue();
    assertThat(repeating.path("cooldown").asLong()).isEqualTo(900);
    JsonNode expiring =
        json(API.sendAs("erin", "PATCH", path, "{\"expiry\":\"2099-01-01T00:00:00Z\"}"));
    assertThat(expiring.path("repeat").asBoolean()).isTrue();
    assertThat(expiring.path("expiry").asText()).isEqualTo("2099-01-01T00:00:00Z");
    assertError(API.sendAs("erin", "PATCH", path, BIKE), 400, "invalid_field", "machineId");
  }

  @Test
  void a_cancelled_alert_is_shown_as_cancelled_and_cannot_be_changed() {
    String path = "/alerts/" + create("frank");
    assertThat(API.sendAs("frank", "DELETE", path, "").statusCode()).isEqualTo(204);
    assertThat(API.sendAs("frank", "DELETE", path, "").statusCode()).isEqualTo(204);
    assertThat(json(API.sendAs("frank", "GET", path, "")).path("status").asText())
        .isEqualTo("cancelled");
    assertError(API.sendAs("frank", "PATCH", path, "{}"), 409, "alert_over", "detail");
  }

  @Test
  void active_alerts_of_a_member_are_limited() {
    for (int i = 0; i < AlertQuotas.Limits.STANDARD.perUser(); i++) {
      create("greta");
    }
    HttpResponse<String> refused = API.sendAs("greta", "POST", "/alerts", BIKE);
    assertError(refused, 409, "too_many_alerts", "At most 50");
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("60");
    JsonNode page = json(API.sendAs("greta", "GET", "/alerts?limit=30", ""));
    assertThat(page.path("alerts")).hasSize(30);
    JsonNode rest =
        json(
            API.sendAs("greta", "GET", "/alerts?limit=30&after=" + page.path("next").asText(), ""));
    assertThat(rest.path("alerts")).hasSize(20);
    assertThat(rest.path("next").isNull()).isTrue();
    API.sendAs("greta", "DELETE", "/alerts/" + rest.at("/alerts/0/id").asText(), "");
    create("greta");
  }

  @Test
  void invalid_paging_parameters_are_rejected() {
    for (String query : new String[] {"limit=0", "limit=101", "limit=x", "after=x"}) {
      assertError(
          API.sendAs("hal", "GET", "/alerts?" + query, ""),
          400,
          "invalid_field",
          query.substring(0, query.indexOf('=')));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no json                                                       | #",
        "[]                                                            | #",
        "{}                                                            | #/machineId",
        "{'machineId':7}                                               | #/machineId",
        "{'machineId':'A B'}                                           | #/machineId",
        "{'machineId':'downtown-bike-1','quite_hours':{}}              | #/quite_hours",
        "{'machineId':'downtown-bike-1','quiet_hours':{'start':'22:00'}} | #/quiet_hours/end",
        "{'machineId':'downtown-bike-1','quiet_hours':{'start':'10pm','end':'07:00'}} | #/quiet_hours/start",
        "{'machineId':'downtown-bike-1','zone':'Mars/Base'}            | #/zone",
        "{'machineId':'downtown-bike-1','expiry':'tomorrow'}           | #/expiry",
        "{'machineId':'downtown-bike-1','expiry':'2001-01-01T00:00:00Z'} | #/expiry",
        "{'machineId':'downtown-bike-1','expiry':'+999999999-12-31T23:59:59Z'} | #/expiry",
        "{'machineId':'downtown-bike-1','channels':[]}                 | #/channels",
        "{'machineId':'downtown-bike-1','channels':[{'type':'fax'}]}   | #/channels/0/type",
        "{'machineId':'downtown-bike-1','channels':[{'type':'email','address':'nobody'}]} | #/channels/0/address",
        "{'machineId':'downtown-bike-1','channels':[{'type':'webhook','uri':'https://a.b'}]} | #/channels/0/secret",
        "{'machineId':'downtown-bike-1','channels':[{'type':'webhook','uri':'ftp://a.b','secret':'0123456789abcdef'}]} | #/channels/0",
        "{'machineId':'downtown-bike-1','repeat':'yes'}                | #/repeat",
        "{'machineId':'downtown-bike-1','cooldown':5}                  | #/cooldown",
        "{'machineId':'downtown-bike-1','repeat':true,'cooldown':-5}   | #/cooldown",
        "{'machineId':'downtown-bike-1','repeat':true,'cooldown':9223372036854775807} | #/cooldown",
      })
  void an_invalid_field_is_rejected_by_its_pointer(String body, String pointer) {
    HttpResponse<String> answer = API.sendAs("hal", "POST", "/alerts", body.replace('\'', '"'));
    assertError(answer, 400, "invalid_field", "detail");
    assertThat(json(answer).at("/errors/0/pointer").asText()).isEqualTo(pointer);
  }

  @Test
  void a_missing_token_or_unknown_machine_is_rejected() {
    assertError(API.post("/alerts", "application/json", BIKE), 401, "missing_token", "Bearer");
    assertError(
        API.sendAs("ida", "POST", "/alerts", "{\"machineId\":\"nothing\"}"),
        404,
        "unknown_machine",
        "nothing");
    assertError(API.sendAs("ida", "GET", "/alerts/x", ""), 400, "invalid_field", "UUID");
  }

  private static String create(String user) {
    HttpResponse<String> created = API.sendAs(user, "POST", "/alerts", BIKE);
    assertThat(created.statusCode()).isEqualTo(201);
    return json(created).path("id").asText();
  }

  private static void assertError(
      HttpResponse<String> answer, int status, String code, String mentioned) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).path("code").asText()).isEqualTo(code);
    assertThat(answer.body()).contains(mentioned);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return new JsonMapper().readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + answer.body(), e);
    }
  }
}
