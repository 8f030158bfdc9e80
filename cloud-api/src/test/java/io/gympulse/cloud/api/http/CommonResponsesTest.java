package io.gympulse.cloud.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonResponsesTest {
  private static final RunningApi API = new RunningApi(new SampleGyms());

  @AfterAll
  static void stop() {
    API.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/app.js", "/branches", "/branches/nowhere", "/no/such/page", "/health"})
  void every_response_has_the_security_headers(String path) {
    HttpResponse<String> answer = API.get(path);
    assertThat(answer.headers().firstValue("content-security-policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy).contains("script-src 'self'").doesNotContain("unsafe-inline"));
    assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("referrer-policy")).hasValue("no-referrer");
  }

  @Test
  void the_page_has_no_inline_script_or_style() {
    String page = API.get("/").body();
    assertThat(page).contains("<title>GymPulse</title>");
    assertThat(page).doesNotContainPattern("<script(?![^>]*\\bsrc=)");
    assertThat(page).doesNotContain("<style").doesNotContainPattern("\\son\\w+=|\\sstyle=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/app.js", "/view.js", "/state.js", "/stream.js", "/demo.js"})
  void scripts_are_served_as_javascript(String path) {
    assertThat(API.get(path).headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).contains("javascript"));
  }
}
