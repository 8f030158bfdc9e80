package io.gympulse.cloud.broadcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gympulse.cloud.core.memory.InMemoryConnections;
import java.time.Instant;
import java.util.Map;

/// Whatever a client asks of the stream, it is answered in words that can be sent.
class StreamFuzzTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final StreamHandler handler = new StreamHandler(new InMemoryConnections(), () -> NOON);

  @FuzzTest
  void frames_are_taken_or_refused(byte[] frame) {
    answered(event("subscribe", new String(frame, UTF_8)));
  }

  @FuzzTest
  void filters_are_taken_or_refused(byte[] filter) {
    APIGatewayV2WebSocketEvent event = event("$connect", "");
    event.setQueryStringParameters(Map.of("gym", new String(filter, UTF_8)));
    event.getRequestContext().setAuthorizer(Map.of("principalId", new String(filter, UTF_8)));
    event.setHeaders(Map.of("Sec-WebSocket-Protocol", new String(filter, UTF_8)));
    answered(event);
  }

  private void answered(APIGatewayV2WebSocketEvent event) {
    APIGatewayV2WebSocketResponse answer = handler.handleRequest(event, null);
    assertThat(answer.getStatusCode()).isIn(200, 400, 410);
    assertThat(UTF_8.newEncoder().canEncode(answer.getBody())).isTrue();
    assertThat(answer.getBody()).hasSizeLessThan(1_000);
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
