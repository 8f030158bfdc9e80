package io.gympulse.cloud.api.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.text.UnicodeText;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.Optional;

/// Problem details by RFC 9457, the only form of an error of this API: `{"type", "title", "status",
/// "detail", "code", "errors"}`. `type` is `urn:gympulse:problem:CODE`, `title` the code as words.
/// `errors` lists what to correct in the request, each with `detail` and where it is, see
/// [RequestLocation]; it is absent if the request's values are not the cause.
///
/// @param code stable, in lower case with underscores, for programs
/// @param detail for people
record Problem(HttpStatus status, String code, String detail, Optional<RequestLocation> location) {
  private static final String TYPE = "urn:gympulse:problem:";
  private static final MediaType MEDIA_TYPE = MediaType.of("application/problem+json");

  /// Sets body and content type of a response.
  MutableHttpResponse<String> answer(MutableHttpResponse<String> response) {
    return response.body(encode()).contentType(MEDIA_TYPE);
  }

  MutableHttpResponse<String> answer() {
    return answer(HttpResponse.status(status));
  }

  String encode() {
    ObjectNode problem = JsonNodeFactory.instance.objectNode();
    String text = UnicodeText.toWellFormed(detail);
    problem
        .put("type", TYPE + code)
        .put("title", title(code))
        .put("status", status.getCode())
        .put("detail", text)
        .put("code", code);
    location.ifPresent(
        it -> it.writeTo(problem.putArray("errors").addObject().put("detail", text)));
    return problem.toString();
  }

  private static String title(String code) {
    String words = code.replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
