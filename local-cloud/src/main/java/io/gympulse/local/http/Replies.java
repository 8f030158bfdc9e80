package io.gympulse.local.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.gympulse.cloud.http.Answer;
import io.gympulse.cloud.http.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers of functions, and faults, as replies.
final class Replies {
  private Replies() {}

  static HttpReply.Whole of(Fault fault) {
    return of(Answer.of(fault));
  }

  static HttpReply.Whole of(Answer answer) {
    Map<String, String> headers = new HashMap<>(answer.headers());
    headers.put("Content-Type", answer.contentType());
    return new HttpReply.Whole(
        answer.status(), headers, answer.body().getBytes(StandardCharsets.UTF_8));
  }

  static HttpReply.Whole of(APIGatewayV2HTTPResponse response) {
    @Nullable Map<String, String> headers = response.getHeaders();
    @Nullable String text = response.getBody();
    byte[] body = (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
    return new HttpReply.Whole(
        response.getStatusCode(),
        headers == null ? Map.of() : headers,
        response.getIsBase64Encoded() ? Base64.getDecoder().decode(body) : body);
  }
}
