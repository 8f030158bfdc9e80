package io.gympulse.system.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class DemoControlTest {
  @Test
  void errors_have_the_format_of_the_api() throws IOException, InterruptedException {
    try (DemoControl control = new DemoControl();
        HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(URI.create(control.address() + "/links/downtown"))
                  .POST(HttpRequest.BodyPublishers.ofString("{\"up\":true}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body())
          .isEqualTo("{\"error\":{\"code\":\"demo\",\"message\":\"the demo is still starting\"}}");
    }
  }
}
