package io.gympulse.cloud.api.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every error has the one form and a text of this API, whatever detects it.
class ProblemTest {
  private static final RunningApi API = new RunningApi(new SampleGyms());

  @AfterAll
  static void stop() {
    API.close();
  }

  @Test
  void a_problem_has_all_members_of_the_form() {
    JsonNode problem = json(API.get("/branches/nowhere").body());
    assertThat(problem.fieldNames())
        .toIterable()
        .containsExactly("type", "title", "status", "detail", "code");
    assertThat(problem.path("type").asText()).isEqualTo("urn:gympulse:problem:unknown_gym");
    assertThat(problem.path("title").asText()).isEqualTo("Unknown gym");
    assertThat(problem.path("status").asInt()).isEqualTo(404);
    assertThat(problem.path("code").asText()).isEqualTo("unknown_gym");
  }

  @Test
  void an_invalid_value_is_located_in_the_request() {
    assertThat(json(API.get("/branches?near=").body()).path("errors"))
        .hasToString(
            "[{\"detail\":\"Unknown parameter 'near'; this request takes none.\","
                + "\"parameter\":\"near\"}]");
    String body = "{\"a/b\":1}";
    assertThat(json(API.sendAs("ann", "POST", "/alerts", body).body()).at("/errors/0/pointer"))
        .hasToString("\"#/a~1b\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /no/such/page             |                  |      | 404 | not_found",
        "POST   | /branches                 | application/json | {}   | 405 | method_not_allowed",
        "DELETE | /health                   |                  |      | 405 | method_not_allowed",
        "PUT    | /alerts                   | application/json | {}   | 405 | method_not_allowed",
        "FROB   | /branches                 |                  |      | 405 | method_not_allowed",
        "POST   | /alerts                   | text/plain       | {}   | 415 | unsupported_media_type",
        "POST   | /demo/links/downtown      | application/json | {up  | 400 | bad_request",
        "POST   | /demo/links/downtown      | application/json |      | 400 | bad_request",
        "GET    | /branches/%zz             |                  |      | 400 | bad_request",
        "GET    | /branches?x=%              |                  |      | 400 | bad_request",
      })
  void what_the_framework_detects_has_the_form(
      String method, String path, String type, String body, int status, String code)
      throws IOException {
    String content =
        type == null
            ? ""
            : "Content-Type: %s\r\nContent-Length: %d\r\n"
                .formatted(type, body == null ? 0 : body.length());
    assertProblem(
        send("%s %s HTTP/1.1\r\n%s".formatted(method, path, content), body == null ? "" : body),
        status,
        code);
  }

  @Test
  void a_too_long_body_or_header_has_the_form() throws IOException {
    assertProblem(
        send(
            "POST /demo/links/a HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 70000\r\n",
            "x".repeat(70_000)),
        413,
        "request_entity_too_large");
    assertProblem(
        send("GET /branches HTTP/1.1\r\nX-Long: " + "x".repeat(20_000) + "\r\n", ""),
        413,
        "request_entity_too_large");
    assertProblem(
        send("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n", ""), 413, "request_entity_too_large");
  }

  @Test
  void no_answer_quotes_the_library_that_read_the_body() {
    for (String body : new String[] {"{", "[1", "{\"a\":nul}", "\"", "{\"a\":1}}", "\u0000"}) {
      HttpResponse<String> answer = API.post("/demo/links/downtown", "application/json", body);
      assertThat(answer.body())
          .doesNotContainIgnoringCase("jackson", "exception", "unexpected", "micronaut", "java");
      assertThat(API.sendAs("ann", "POST", "/alerts", body).body())
          .doesNotContainIgnoringCase("jackson", "exception", "unexpected", "micronaut", "java");
    }
  }

  private static void assertProblem(String answer, int status, String code) {
    assertThat(answer).matches("(?s)HTTP/1\\.[01] %d .*".formatted(status));
    assertThat(answer).containsIgnoringCase("\r\ncontent-type: application/problem+json\r\n");
    JsonNode problem = json(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("code").asText()).isEqualTo(code);
    assertThat(problem.path("type").asText()).isEqualTo("urn:gympulse:problem:" + code);
    assertThat(problem.path("title").asText()).isNotBlank();
    assertThat(problem.path("detail").asText()).isNotBlank().endsWith(".");
  }

  private static String send(String head, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), API.port())) {
      String request =
          "%sHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n%s".formatted(head, API.port(), body);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static JsonNode json(String text) {
    try {
      return new JsonMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }
}
