package io.gympulse.cloud.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParameterFilterTest {
  private static final RunningApi API = new RunningApi(new SampleGyms());

  @AfterAll
  static void stop() {
    API.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/branches",
        "/branches/downtown",
        "/branches/downtown/categories/bike/machines",
        "/branches/downtown/categories/bike/aggregates",
        "/machines/downtown-bike-1",
        "/health",
        "/demo",
        "/alerts",
        "/stream"
      })
  void an_unknown_parameter_is_rejected_by_its_name(String path) {
    HttpResponse<String> answer = API.sendAs("anna", "GET", path + "?gmy=downtown", "");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Unknown parameter 'gmy'", "\"parameter\":\"gmy\"");
  }

  @Test
  void the_known_parameters_are_named() {
    assertThat(API.get("/branches/downtown/categories/bike/aggregates?form=x").body())
        .contains("known are: from, to.");
    assertThat(API.get("/stream?x=1").body()).contains("known are: category, gym, machine.");
    assertThat(API.get("/branches?id=downtown").body()).contains("this request takes none.");
    assertThat(API.get("/machines/downtown-bike-1?id=downtown-bike-2").body())
        .contains("this request takes none.");
  }

  @Test
  void a_parameter_given_twice_is_rejected() {
    HttpResponse<String> answer =
        API.get(
            "/branches/downtown/categories/bike/aggregates"
                + "?from=2026-05-01T12:00:00Z&from=2026-05-01T13:00:00Z");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("more than once", "\"parameter\":\"from\"");
  }

  @Test
  void static_files_take_any_parameter() {
    assertThat(API.get("/?gym=downtown&free=1&x=y").statusCode()).isEqualTo(200);
  }

  @Test
  void changes_are_checked_as_well() {
    assertThat(API.sendAs("anna", "POST", "/alerts?repeat=true", "{}").body())
        .contains("Unknown parameter 'repeat'");
  }
}
