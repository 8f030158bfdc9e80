package io.gympulse.cloud.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class HttpHandlerTest {
  private final AnswerCounters counters = new AnswerCounters();

  @Test
  void a_fault_of_ours_is_answered_without_its_words_and_counted() {
    APIGatewayV2HTTPResponse answer =
        handler(
                _ -> {
                  throw new IllegalStateException("the secret is 42");
                })
            .handleRequest(new APIGatewayV2HTTPEvent(), null);
    assertThat(answer.getStatusCode()).isEqualTo(500);
    assertThat(answer.getBody())
        .isEqualTo(
            "{\"error\":{\"code\":\"internal_server_error\","
                + "\"message\":\"Internal Server Error\"}}");
    assertThat(counters.byStatus()).containsExactly(Map.entry(500, 1L));
  }

  @Test
  void a_refusal_is_answered_as_it_says_with_a_message_of_bounded_length() {
    APIGatewayV2HTTPResponse answer =
        handler(
                _ -> {
                  throw new Refusal(Fault.invalid("a", "x".repeat(5_000)));
                })
            .handleRequest(new APIGatewayV2HTTPEvent(), null);
    assertThat(answer.getStatusCode()).isEqualTo(400);
    assertThat(answer.getBody())
        .startsWith("{\"error\":{\"code\":\"invalid_field\"")
        .hasSizeLessThan(400);
  }

  @Test
  void headers_are_found_in_any_case_and_what_is_missing_is_absent() {
    Asked asked =
        new Asked(
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

  private HttpHandler handler(Function<Asked, Answer> body) {
    return new HttpHandler(counters) {
      @Override
      protected Answer answer(Asked asked) {
        return body.apply(asked);
      }
    };
  }
}
