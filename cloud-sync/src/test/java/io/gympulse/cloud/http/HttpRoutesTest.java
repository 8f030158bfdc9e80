package io.gympulse.cloud.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpRoutesTest {
  private final ResponseCounters counters = new ResponseCounters();
  private final HttpRoutes routes =
      new HttpRoutes(
          Map.of(
              "GET /stats",
              (_, _) -> APIGatewayV2HTTPResponse.builder().withStatusCode(200).build(),
              "POST /ingest",
              (_, _) -> APIGatewayV2HTTPResponse.builder().withStatusCode(503).build()),
          counters);

  @Test
  void a_request_goes_to_its_route_s_handler() {
    assertThat(ask("GET /stats").getStatusCode()).isEqualTo(200);
    assertThat(ask("POST /ingest").getStatusCode()).isEqualTo(503);
    assertThat(counters.byStatus()).isEmpty();
  }

  @Test
  void another_route_gets_a_list_of_routes_and_is_counted() {
    APIGatewayV2HTTPResponse response = ask("GET /");
    assertThat(response.getStatusCode()).isEqualTo(404);
    assertThat(response.getBody())
        .isEqualTo(
            "{\"error\":{\"code\":\"not_found\",\"message\":"
                + "\"there is nothing at GET /; there is GET /stats, POST /ingest\"}}");
    assertThat(counters.byStatus()).isEqualTo(Map.of(404, 1L));
  }

  private APIGatewayV2HTTPResponse ask(String route) {
    return routes.handleRequest(APIGatewayV2HTTPEvent.builder().withRouteKey(route).build(), null);
  }
}
