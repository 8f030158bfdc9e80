package io.gympulse.cloud.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.uri.UriMatchVariable;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Walks all routes of the server, those of later controllers included: each has an access rule,
/// which holds, and none shows or changes what belongs to another member.
class RoutesTest {
  private static final RunningApi API = new RunningApi(new SampleGyms());
  private static final String SECRET = "receiver-of-ann.example.org";
  private static final String ALERT =
      """
      {"machineId":"downtown-bike-1","channels":[{"type":"webhook",
        "uri":"https://receiver-of-ann.example.org/hook","secret":"known-to-ann-alone"}]}""";

  /// Bodies that some route takes.
  private static final List<String> BODIES =
      List.of("", "{}", "{\"repeat\":true}", "{\"machineId\":\"downtown-bike-1\"}");

  private static String alertOfAnn = "";

  @BeforeAll
  static void create() throws JsonProcessingException {
    HttpResponse<String> created = API.sendAs("ann-1", "POST", "/alerts", ALERT);
    alertOfAnn = new JsonMapper().readTree(created.body()).path("id").asText();
  }

  @AfterAll
  static void stop() {
    API.close();
  }

  private record Operation(HttpMethod method, String path, Access.Level level) {}

  private static List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    for (UriRouteInfo<?, ?> route : API.bean(Router.class).uriRoutes().toList()) {
      Optional<Access.Level> level =
          route.getAnnotationMetadata().enumValue(Access.class, Access.Level.class);
      assertThat(level)
          .as("access rule of %s %s", route.getHttpMethod(), route.getUriMatchTemplate())
          .isPresent();
      all.add(new Operation(route.getHttpMethod(), path(route), level.orElseThrow()));
    }
    return all;
  }

  /// The route's path with examples in place of its variables, of ann where a member has any.
  private static String path(UriRouteInfo<?, ?> route) {
    String path = route.getUriMatchTemplate().toPathString();
    boolean ofAlerts = path.startsWith("/alerts");
    Map<String, String> examples =
        Map.of(
            "id",
                ofAlerts
                    ? alertOfAnn
                    : path.startsWith("/machines") ? "downtown-bike-1" : "downtown",
            "category", "bike",
            "gym", "downtown");
    for (UriMatchVariable variable : route.getUriMatchTemplate().getVariables()) {
      assertThat(examples).as("an example for %s", path).containsKey(variable.getName());
      path = path.replace("{" + variable.getName() + "}", examples.get(variable.getName()));
    }
    return path;
  }

  @Test
  void every_route_has_an_access_rule_and_is_closed_without_its_role() {
    List<Operation> closed =
        operations().stream().filter(it -> it.level() != Access.Level.PUBLIC).toList();
    assertThat(closed).hasSizeGreaterThanOrEqualTo(5);
    for (Operation operation : closed) {
      String name = operation.method() + " " + operation.path();
      assertProblem(
          name, API.send(operation.method().name(), operation.path(), "{}"), 401, "missing_token");
      String stranger = RunningApi.token("eve", new Role.Integrator());
      assertProblem(
          name,
          API.sendWith(stranger, operation.method().name(), operation.path(), "{}"),
          403,
          "missing_role");
    }
  }

  @Test
  void no_operation_shows_or_changes_what_belongs_to_another_member() {
    String before = API.sendAs("ann-1", "GET", "/alerts", "").body();
    assertThat(before).contains(SECRET).doesNotContain("known-to-ann-alone");
    String bob =
        RunningApi.token("bob", new Role.Member(), new Role.Integrator(), new Role.Admin());
    for (Operation operation : operations()) {
      for (String body : BODIES) {
        HttpResponse<String> answer =
            API.sendWith(bob, operation.method().name(), operation.path(), body);
        assertThat(answer.body())
            .as("%s %s %s", operation.method(), operation.path(), body)
            .doesNotContain(SECRET, "ann-1");
        if (operation.path().contains(alertOfAnn)) {
          assertThat(answer.statusCode()).isBetween(400, 499);
        }
      }
    }
    assertThat(API.sendAs("ann-1", "GET", "/alerts", "").body()).isEqualTo(before);
  }

  private static void assertProblem(
      String name, HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(name).isEqualTo(status);
    if (!name.startsWith("HEAD")) {
      assertThat(answer.body()).as(name).contains("\"code\":\"" + code + "\"");
    }
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(it -> assertThat(it).startsWith("Bearer"));
  }
}
