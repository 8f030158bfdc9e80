package io.gympulse.cloud.api.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.cloud.api.http.Field;
import io.gympulse.cloud.api.http.Refusal;
import io.gympulse.cloud.api.setting.ApiConfiguration;
import io.gympulse.contract.id.GymId;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// `GET /demo` and `POST /demo/links/{gym}` with `{"up":true|false}`; 404 outside the demo.
///
/// The POST takes JSON only: a page of another site cannot send that without being asked first.
@Controller("/demo")
@ExecuteOn(TaskExecutors.BLOCKING)
final class DemoController {
  private final Optional<DemoControl> control;

  DemoController(ApiConfiguration configuration) {
    this.control = configuration.demoControl().map(DemoControl::new);
  }

  @Get
  HttpResponse<byte[]> status() {
    return json(control().status());
  }

  @Post("/links/{gym}")
  @Consumes(MediaType.APPLICATION_JSON)
  HttpResponse<byte[]> setLink(String gym, @Body JsonNode body) {
    DemoControl demo = control();
    JsonNode up = body.path("up");
    if (!up.isBoolean()) {
      throw Refusal.invalid("up", "up must be true or false");
    }
    String forwarded = "{\"up\":%s}".formatted(up.asBoolean());
    return json(
        demo.setLink(
            Field.parse("gym", gym, GymId::new), forwarded.getBytes(StandardCharsets.UTF_8)));
  }

  private DemoControl control() {
    return control.orElseThrow(() -> Refusal.unknown("not_a_demo", "No demo is running here."));
  }

  private static HttpResponse<byte[]> json(byte[] body) {
    return HttpResponse.ok(body).contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
