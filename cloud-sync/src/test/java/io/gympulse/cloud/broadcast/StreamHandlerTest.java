package io.gympulse.cloud.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.broadcast.StreamConnection;
import io.gympulse.cloud.core.broadcast.StreamConnection.ConnectionId;
import io.gympulse.cloud.core.broadcast.SubscriptionFilter;
import io.gympulse.cloud.core.memory.InMemoryConnections;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamHandlerTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final UserId ANNA = new UserId("anna");

  private final InMemoryConnections connections = new InMemoryConnections();
  private final StreamHandler handler = new StreamHandler(connections, () -> NOON);

  @Test
  void a_connection_is_stored_with_its_filters_and_user_for_two_hours() {
    APIGatewayV2WebSocketEvent event = event("$connect", "");
    event.setQueryStringParameters(Map.of("gym", "downtown", "category", "bike", "user", "ben"));
    event.setHeaders(Map.of("SEC-WebSocket-Protocol", "bearer.x.y.z, gympulse"));
    event.getRequestContext().setAuthorizer(Map.of("principalId", "anna"));
    APIGatewayV2WebSocketResponse answer = handler.handleRequest(event, null);
    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(answer.getHeaders()).isEqualTo(Map.of("Sec-WebSocket-Protocol", "gympulse"));
    assertThat(connections.ofUser(ANNA, NOON, Optional.empty(), 9).items())
        .containsExactly(
            new StreamConnection(
                new ConnectionId("c="),
                Optional.of(ANNA),
                new SubscriptionFilter(
                    Optional.of(new GymId("downtown")),
                    Optional.of(new CategoryId("bike")),
                    Optional.empty()),
                NOON.plusSeconds(7200)));
  }

  @Test
  void without_filters_a_connection_gets_every_update_and_has_no_user() {
    APIGatewayV2WebSocketEvent event = event("$connect", "");
    event.setQueryStringParameters(Map.of("user", "anna"));
    event.setHeaders(Map.of("X-GymPulse-User", "anna"));
    APIGatewayV2WebSocketResponse answer = handler.handleRequest(event, null);
    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(answer.getHeaders()).isNull();
    assertThat(connections.ofUser(ANNA, NOON, Optional.empty(), 9).items()).isEmpty();
    assertThat(connections.subscribe(new ConnectionId("c="), SubscriptionFilter.ALL, NOON))
        .isTrue();
  }

  @Test
  void a_bad_filter_is_rejected_by_its_name_and_counted() {
    APIGatewayV2WebSocketEvent event = event("$connect", "");
    event.setQueryStringParameters(Map.of("gym", "Down Town"));
    APIGatewayV2WebSocketResponse answer = handler.handleRequest(event, null);
    assertThat(answer.getStatusCode()).isEqualTo(400);
    assertThat(answer.getBody())
        .startsWith("{\"error\":{\"code\":\"invalid_field\",\"message\":\"")
        .endsWith("\"field\":\"gym\"}}");
    assertThat(handler.rejected()).isEqualTo(1);
    assertThat(connections.subscribe(new ConnectionId("c="), SubscriptionFilter.ALL, NOON))
        .isFalse();
  }

  @Test
  void a_subscription_changes_the_filters_and_is_greeted() {
    APIGatewayV2WebSocketEvent connect = event("$connect", "");
    connect.getRequestContext().setAuthorizer(Map.of("principalId", "anna"));
    handler.handleRequest(connect, null);
    APIGatewayV2WebSocketResponse answer =
        handler.handleRequest(
            event("subscribe", "{\"action\":\"subscribe\",\"gym\":\"riverside\",\"x\":1}"), null);
    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(answer.getBody())
        .isEqualTo("{\"type\":\"hello\",\"serverTime\":1777636800.000,\"rate\":1.0}");
    assertThat(
            connections.ofUser(ANNA, NOON, Optional.empty(), 9).items().getFirst().filter().gym())
        .contains(new GymId("riverside"));
  }

  @Test
  void a_ping_is_answered_so_that_idle_and_dead_connections_differ() {
    handler.handleRequest(event("$connect", ""), null);
    APIGatewayV2WebSocketResponse answer =
        handler.handleRequest(event("ping", "{\"action\":\"ping\"}"), null);
    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(answer.getBody())
        .isEqualTo("{\"type\":\"pong\",\"serverTime\":1777636800.000,\"rate\":1.0}");
  }

  @Test
  void a_ping_over_a_connection_that_is_no_longer_kept_says_so() {
    handler.handleRequest(event("$connect", ""), null);
    handler.handleRequest(event("$disconnect", ""), null);
    APIGatewayV2WebSocketResponse answer =
        handler.handleRequest(event("ping", "{\"action\":\"ping\"}"), null);
    assertThat(answer.getStatusCode()).isEqualTo(410);
    assertThat(answer.getBody()).contains("\"code\":\"connection_ended\"");
  }

  @Test
  void an_invalid_subscription_is_rejected() {
    handler.handleRequest(event("$connect", ""), null);
    assertRefused(event("subscribe", "not json"), "body");
    assertRefused(event("subscribe", "[]"), "body");
    assertRefused(event("subscribe", "{\"gym\":7}"), "gym");
    assertRefused(event("subscribe", "{\"machine\":\"Ü\"}"), "machine");
    assertRefused(event("$default", "{\"action\":\"dance\"}"), "action");
    assertThat(handler.rejected()).isEqualTo(5);
  }

  @Test
  void a_closed_connection_gets_no_updates() {
    handler.handleRequest(event("$connect", ""), null);
    assertThat(handler.handleRequest(event("$disconnect", ""), null).getStatusCode())
        .isEqualTo(200);
    assertThat(handler.handleRequest(event("subscribe", "{}"), null).getStatusCode())
        .isEqualTo(410);
  }

  private void assertRefused(APIGatewayV2WebSocketEvent event, String field) {
    APIGatewayV2WebSocketResponse answer = handler.handleRequest(event, null);
    assertThat(answer.getStatusCode()).isEqualTo(400);
    assertThat(answer.getBody()).endsWith("\"field\":\"%s\"}}".formatted(field));
  }

  private static APIGatewayV2WebSocketEvent event(String route, String body) {
    APIGatewayV2WebSocketEvent.RequestContext context =
        new APIGatewayV2WebSocketEvent.RequestContext();
    context.setConnectionId("c=");
    context.setRouteKey(route);
    APIGatewayV2WebSocketEvent event = new APIGatewayV2WebSocketEvent();
    event.setRequestContext(context);
    event.setBody(body);
    return event;
  }
}
