package io.gympulse.cloud.api.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.http.ApiException;
import io.gympulse.cloud.api.http.RequestField;
import io.gympulse.cloud.api.http.RequestLocation;
import io.gympulse.cloud.api.identity.Access;
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
/// The POST takes JSON only, which a page of another site cannot send without a CORS preflight.
@Controller("/demo")
@ExecuteOn(TaskExecutors.BLOCKING)
@Access(Access.Level.PUBLIC)
final class DemoController {
  private final Optional<DemoClient> client;

  DemoController(ApiConfiguration configuration) {
    this.client = configuration.demoControl().map(DemoClient::new);
  }

  @Get
  HttpResponse<byte[]> status() {
    return json(client().status());
  }

  @Post("/links/{gym}")
  @Consumes(MediaType.APPLICATION_JSON)
  HttpResponse<byte[]> setLink(String gym, @Body JsonNode body) {
    DemoClient demo = client();
    JsonNode up = body.path("up");
    if (!up.isBoolean()) {
      throw ApiException.invalidField(RequestLocation.body("/up"), "up must be true or false");
    }
    String forwarded = "{\"up\":%s}".formatted(up.asBoolean());
    return json(
        demo.setLink(
            RequestField.parse("gym", gym, GymId::new),
            forwarded.getBytes(StandardCharsets.UTF_8)));
  }

  private DemoClient client() {
    return client.orElseThrow(
        () -> ApiException.notFound("not_a_demo", "No demo is running here."));
  }

  private static HttpResponse<byte[]> json(byte[] body) {
    return HttpResponse.ok(body).contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
