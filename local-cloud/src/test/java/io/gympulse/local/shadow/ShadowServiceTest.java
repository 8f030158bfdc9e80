package io.gympulse.local.shadow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShadowServiceTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE = "$aws/things/gw-1/shadow/name/config/";

  @TempDir Path directory;
  ShadowService service;

  @BeforeEach
  void start() {
    service = service();
  }

  @Test
  void an_update_is_accepted_with_version_token_and_documents() throws IOException {
    var replies = ask("update", "{'state':{'reported':{'a':1}},'clientToken':'t'}");

    assertThat(replies.fieldNames())
        .toIterable()
        .containsExactly("update/accepted", "update/documents");
    assertThat(replies.path("update/accepted").toString())
        .isEqualTo(
            "{'state':{'reported':{'a':1}},'metadata':{'reported':{'a':{'timestamp':1000}}},'version':1,'timestamp':1000,'clientToken':'t'}"
                .replace('\'', '"'));
    assertThat(replies.path("update/documents").at("/previous/version").asInt()).isZero();
    assertThat(replies.path("update/documents").at("/current/state/reported/a").asInt()).isOne();
  }

  @Test
  void the_delta_has_the_desired_values_that_are_not_reported() throws IOException {
    ask("update", "{'state':{'reported':{'a':1,'o':{'x':1}}}}");

    var replies = ask("update", "{'state':{'desired':{'a':2,'b':3,'o':{'x':1,'y':2}}}}");

    assertThat(replies.path("update/delta").path("state").toString().replace('"', '\''))
        .isEqualTo("{'a':2,'b':3,'o':{'y':2}}");
    assertThat(ask("get", "").path("get/accepted").at("/state/delta/a").asInt()).isEqualTo(2);
    assertThat(
            ask("update", "{'state':{'reported':{'a':2,'b':3,'o':{'y':2}}}}").has("update/delta"))
        .isFalse();
  }

  @Test
  void null_removes_a_field_and_a_whole_section() throws IOException {
    ask("update", "{'state':{'desired':{'a':1},'reported':{'a':1,'b':{'c':1}}}}");

    ask("update", "{'state':{'desired':null,'reported':{'b':{'c':null}}}}");

    JsonNode shadow = ask("get", "").path("get/accepted");
    assertThat(shadow.path("state").toString()).isEqualTo("{\"reported\":{\"a\":1}}");
    assertThat(shadow.path("metadata").path("reported").has("b")).isFalse();
    assertThat(shadow.path("metadata").has("desired")).isFalse();
  }

  @Test
  void a_stale_version_is_a_conflict() throws IOException {
    ask("update", "{'state':{'reported':{'a':1}}}");

    assertThat(rejection("update", "{'state':{'reported':{}},'version':7,'clientToken':'t'}"))
        .isEqualTo("409 t");
    assertThat(ask("update", "{'state':{'reported':{'a':2}},'version':1}").has("update/accepted"))
        .isTrue();
  }

  @Test
  void a_state_over_8_kilobytes_is_rejected_and_changes_nothing() throws IOException {
    ask("update", "{'state':{'reported':{'a':1}}}");

    String large = "x".repeat(8 * 1024);
    assertThat(rejection("update", "{'state':{'reported':{'b':'" + large + "'}}}"))
        .startsWith("413");
    assertThat(ask("get", "").path("get/accepted").path("version").asInt()).isOne();
  }

  @Test
  void bad_requests_are_rejected_with_a_code() throws IOException {
    assertThat(rejection("update", "nonsense")).startsWith("400");
    assertThat(rejection("update", "{'stat':{}}")).startsWith("400");
    assertThat(rejection("update", "{'state':{'other':{}}}")).startsWith("400");
    assertThat(rejection("get", "")).startsWith("404");
    assertThat(rejection("delete", "")).startsWith("404");
  }

  @Test
  void the_version_is_not_reset_by_a_deletion_or_a_restart() throws IOException {
    ask("update", "{'state':{'reported':{'a':1}}}");
    assertThat(ask("delete", "{}").path("delete/accepted").path("version").asInt()).isOne();
    assertThat(rejection("get", "")).startsWith("404");

    service = service();

    assertThat(
            ask("update", "{'state':{'reported':{'b':1}}}")
                .path("update/accepted")
                .path("version")
                .asInt())
        .isEqualTo(2);
    assertThat(ask("get", "").path("get/accepted").path("state").toString())
        .isEqualTo("{\"reported\":{\"b\":1}}");
  }

  @Test
  void other_topics_get_no_reply() throws IOException {
    assertThat(service.handle(BASE + "update/accepted", new byte[0])).isEmpty();
    assertThat(service.handle("$aws/things/../shadow/name/x/get", new byte[0])).isEmpty();
    assertThat(service.handle("org/a", new byte[0])).isEmpty();
  }

  private String rejection(String operation, String request) throws IOException {
    JsonNode body = ask(operation, request).path(operation + "/rejected");
    return body.path("code").asText() + " " + body.path("clientToken").asText();
  }

  private ObjectNode ask(String operation, String request) throws IOException {
    ObjectNode replies = JSON.createObjectNode();
    for (var reply : service.handle(BASE + operation, request.replace('\'', '"').getBytes(UTF_8))) {
      replies.set(reply.topic().substring(BASE.length()), JSON.readTree(reply.json()));
    }
    return replies;
  }

  private ShadowService service() {
    return new ShadowService(directory, InstantSource.fixed(Instant.ofEpochSecond(1000)));
  }
}
