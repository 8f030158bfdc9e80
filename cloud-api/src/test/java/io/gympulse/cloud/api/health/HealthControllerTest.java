package io.gympulse.cloud.api.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthControllerTest {
  private final SampleGyms gyms = new SampleGyms();
  private final RunningApi api = new RunningApi(gyms);

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void health_is_200_while_the_database_reads_and_the_feed_is_connected() {
    assertThat(api.get("/health").body())
        .startsWith("{\"status\":\"up\",")
        .contains("\"database\":{\"status\":\"up\",\"detail\":\"readable\"}")
        .contains("\"feed\":{\"status\":\"up\",\"detail\":\"connected since ");
  }

  @Test
  void health_is_503_with_the_reason_while_the_database_is_unavailable() {
    gyms.makeUnavailable("cloud.db is not there yet");
    HttpResponse<String> answer = api.get("/health");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .startsWith("{\"status\":\"down\",")
        .contains("\"database\":{\"status\":\"down\",\"detail\":\"cloud.db is not there yet\"}");
  }

  @Test
  void health_is_503_with_the_reason_while_the_feed_is_down() {
    api.updates().disconnect("the broker does not answer");
    assertThat(api.get("/health").statusCode()).isEqualTo(503);
    assertThat(api.get("/health").body())
        .startsWith("{\"status\":\"degraded\",")
        .contains("\"feed\":{\"status\":\"down\",\"detail\":\"the broker does not answer (since ");
  }

  @Test
  void open_streams_get_the_status_of_the_feed() {
    List<String> received = new CopyOnWriteArrayList<>();
    WebSocket page = api.stream("", _ -> true, received);
    await().until(() -> received.stream().anyMatch(it -> it.contains("\"status\":\"up\"")));
    api.updates().disconnect("the broker does not answer");
    await().until(() -> received.stream().anyMatch(it -> it.contains("\"status\":\"down\"")));
    assertThat(api.get("/branches").body()).startsWith("{\"feed\":{\"status\":\"down\"");
    page.abort();
  }

  @Test
  void a_check_of_the_process_degrades_health_if_it_is_not_required() {
    HealthCheck full =
        new HealthCheck() {
          @Override
          public String name() {
            return "disk";
          }

          @Override
          public boolean required() {
            return false;
          }

          @Override
          public HealthStatus check() {
            return HealthStatus.down("no space");
          }
        };
    try (RunningApi other = new RunningApi(gyms, RunningApi.Settings.STANDARD.withChecks(full))) {
      assertThat(other.get("/health").statusCode()).isEqualTo(503);
      assertThat(other.get("/health").body())
          .startsWith("{\"status\":\"degraded\",")
          .contains("\"disk\":{\"status\":\"down\",\"detail\":\"no space\"}");
    }
  }
}
