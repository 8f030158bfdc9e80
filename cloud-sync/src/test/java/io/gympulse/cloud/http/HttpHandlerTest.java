package io.gympulse.cloud.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.gympulse.cloud.http.ApiError.RejectedException;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class HttpHandlerTest {
  private final ResponseCounters counters = new ResponseCounters();

  @Test
  void a_bug_gets_a_response_without_details_and_is_counted() {
    APIGatewayV2HTTPResponse response =
        handler(
                _ -> {
                  throw new IllegalStateException("the secret is 42");
                })
            .handleRequest(new APIGatewayV2HTTPEvent(), null);
    assertThat(response.getStatusCode()).isEqualTo(500);
    assertThat(response.getBody())
        .isEqualTo(
            "{\"error\":{\"code\":\"internal_server_error\","
                + "\"message\":\"Internal Server Error\"}}");
    assertThat(counters.byStatus()).containsExactly(Map.entry(500, 1L));
  }

  @Test
  void a_rejection_gets_its_response_with_a_message_of_bounded_length() {
    APIGatewayV2HTTPResponse response =
        handler(
                _ -> {
                  throw new RejectedException(ApiError.invalid("a", "x".repeat(5_000)));
                })
            .handleRequest(new APIGatewayV2HTTPEvent(), null);
    assertThat(response.getStatusCode()).isEqualTo(400);
    assertThat(response.getBody())
        .startsWith("{\"error\":{\"code\":\"invalid_field\"")
        .hasSizeLessThan(400);
  }

  @Test
  void headers_are_found_in_any_case_and_missing_values_are_empty() {
    Request asked =
        new Request(
            APIGatewayV2HTTPEvent.builder()
                .withHeaders(Map.of("IDEMPOTENCY-key", "k"))
                .withPathParameters(Map.of("id", "7"))
                .build());
    assertThat(asked.header("Idempotency-Key")).contains("k");
    assertThat(asked.header("other")).isEmpty();
    assertThat(asked.path("id")).contains("7");
    assertThat(asked.query("date")).isEmpty();
    assertThat(asked.id()).isEmpty();
    assertThat(asked.body(0)).isEmpty();
  }

  private HttpHandler handler(Function<Request, Response> body) {
    return new HttpHandler(counters) {
      @Override
      protected Response respond(Request request) {
        return body.apply(request);
      }
    };
  }
}
