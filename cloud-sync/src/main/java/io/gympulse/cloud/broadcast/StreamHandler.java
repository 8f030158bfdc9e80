package io.gympulse.cloud.broadcast;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import io.gympulse.cloud.core.broadcast.Connections;
import io.gympulse.cloud.core.broadcast.StreamConnection;
import io.gympulse.cloud.core.broadcast.StreamConnection.ConnectionId;
import io.gympulse.cloud.core.broadcast.StreamMessage;
import io.gympulse.cloud.core.broadcast.StreamMessage.StreamCodec;
import io.gympulse.cloud.core.broadcast.SubscriptionRequest;
import io.gympulse.cloud.core.error.ErrorBody;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The Lambda behind the WebSocket routes at API Gateway.
///
/// `$connect` takes the filters `gym`, `category` and `machine` from the query, and the member from
/// API Gateway's authorizer (`principalId`), which has checked the token; without one the
/// connection is nobody's. Of the offered subprotocols it selects `gympulse`. `$disconnect` removes
/// the connection.
///
/// `subscribe`, a frame `{"action":"subscribe","gym","category","machine"}`, changes the filters
/// and is answered by a `hello`: from then on no update is missed. `ping`, a frame
/// `{"action":"ping"}`, is answered by a `pong` if the connection is still stored, and otherwise by
/// the error `connection_ended`: such a client receives no updates any more and has to reconnect.
/// Rejections are `{"error":{"code","message","field"}}` with status 400. Safe for any number of
/// threads.
public final class StreamHandler
    implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {
  /// API Gateway closes every connection after this time.
  static final Duration MAX_LIFETIME = Duration.ofHours(2);

  private static final String PROTOCOL_HEADER = "sec-websocket-protocol";
  private static final String SUBPROTOCOL = "gympulse";

  private final Connections connections;
  private final InstantSource clock;
  private final LongAdder rejected = new LongAdder();

  public StreamHandler(Connections connections, InstantSource clock) {
    this.connections = connections;
    this.clock = clock;
  }

  /// Requests rejected since the process started.
  public long rejected() {
    return rejected.sum();
  }

  @Override
  public APIGatewayV2WebSocketResponse handleRequest(
      APIGatewayV2WebSocketEvent event, @Nullable Context context) {
    ConnectionId id = new ConnectionId(event.getRequestContext().getConnectionId());
    try {
      return switch (String.valueOf(event.getRequestContext().getRouteKey())) {
        case "$connect" -> connect(id, event);
        case "$disconnect" -> disconnect(id);
        case "subscribe" -> subscribe(id, event);
        case "ping" -> ping(id);
        default -> reject(400, "unknown_action", "action", "action is to be ping or subscribe");
      };
    } catch (StoreUnavailableException e) {
      return response(
          503, ErrorBody.encode("store_unavailable", "try again later", Optional.empty()));
    }
  }

  private APIGatewayV2WebSocketResponse connect(ConnectionId id, APIGatewayV2WebSocketEvent event) {
    Map<String, String> query =
        Optional.ofNullable(event.getQueryStringParameters()).orElse(Map.of());
    SubscriptionRequest request =
        SubscriptionRequest.of(
            it -> it.equals("user") ? member(event).orElse(null) : query.get(it));
    return switch (request) {
      case SubscriptionRequest.Refused wrong -> reject(wrong);
      case SubscriptionRequest.Accepted(var audience, var user) -> {
        Instant now = clock.instant();
        connections.connect(new StreamConnection(id, user, audience, now.plus(MAX_LIFETIME)), now);
        APIGatewayV2WebSocketResponse accepted = response(200, "");
        if (offersSubprotocol(event)) {
          accepted.setHeaders(Map.of("Sec-WebSocket-Protocol", SUBPROTOCOL));
        }
        yield accepted;
      }
    };
  }

  private static Optional<String> member(APIGatewayV2WebSocketEvent event) {
    return Optional.ofNullable(event.getRequestContext().getAuthorizer())
        .map(it -> it.get("principalId"))
        .map(String::valueOf);
  }

  private static boolean offersSubprotocol(APIGatewayV2WebSocketEvent event) {
    return Optional.ofNullable(event.getHeaders()).orElse(Map.of()).entrySet().stream()
        .filter(it -> it.getKey().toLowerCase(Locale.ROOT).equals(PROTOCOL_HEADER))
        .flatMap(it -> Arrays.stream(it.getValue().split(",")))
        .anyMatch(it -> it.strip().equals(SUBPROTOCOL));
  }

  private APIGatewayV2WebSocketResponse disconnect(ConnectionId id) {
    connections.disconnect(id);
    return response(200, "");
  }

  private APIGatewayV2WebSocketResponse subscribe(
      ConnectionId id, APIGatewayV2WebSocketEvent event) {
    return switch (SubscriptionRequest.read(String.valueOf(event.getBody()))) {
      case SubscriptionRequest.Refused wrong -> reject(wrong);
      case SubscriptionRequest.Accepted(var audience, _) -> {
        Instant now = clock.instant();
        yield connections.subscribe(id, audience, now)
            ? response(200, StreamCodec.encode(new StreamMessage.Hello(now, 1)))
            : ended();
      }
    };
  }

  private APIGatewayV2WebSocketResponse ping(ConnectionId id) {
    Instant now = clock.instant();
    return connections.isOpen(id, now)
        ? response(200, StreamCodec.encode(new StreamMessage.Pong(now, 1)))
        : ended();
  }

  private APIGatewayV2WebSocketResponse ended() {
    return reject(410, "connection_ended", "action", "connect again");
  }

  private APIGatewayV2WebSocketResponse reject(SubscriptionRequest.Refused wrong) {
    return reject(400, "invalid_field", wrong.field(), wrong.message());
  }

  private APIGatewayV2WebSocketResponse reject(
      int status, String code, String field, String message) {
    rejected.increment();
    return response(status, ErrorBody.encode(code, message, Optional.of(field)));
  }

  private static APIGatewayV2WebSocketResponse response(int status, String body) {
    APIGatewayV2WebSocketResponse response = new APIGatewayV2WebSocketResponse();
    response.setStatusCode(status);
    response.setBody(body);
    return response;
  }
}
