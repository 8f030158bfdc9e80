package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.core.broadcast.ClientFrame;
import io.gympulse.cloud.core.broadcast.ErrorBody;
import io.gympulse.cloud.core.broadcast.StreamCodec;
import io.gympulse.cloud.core.broadcast.StreamMessage;
import io.gympulse.process.ProcessClock;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.scheduling.annotation.Scheduled;
import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnClose;
import io.micronaut.websocket.annotation.OnError;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;
import io.micronaut.websocket.exceptions.WebSocketSessionException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/stream?gym=&category=&machine=&user=`: the live updates. Every filter is optional; whoever
/// names a user hears their alerts as well. A client may send a [ClientFrame]: a ping, or other
/// filters in place of those it has. [StreamFilters] has already refused bad filters when a
/// connection opens.
///
/// The framework names sessions by the client's `Sec-WebSocket-Key`, so a client could take
/// another's name; here each session has a number of its own.
@ServerWebSocket(StreamSocket.PATH)
final class StreamSocket {
  static final String PATH = "/stream";
  private static final String CONNECTION = "gympulse.connection";
  private static final Logger log = LoggerFactory.getLogger(StreamSocket.class);

  private final AtomicLong opened = new AtomicLong();
  private final Broadcast broadcast;
  private final StreamFilters filters;
  private final StreamPlaces places;
  private final ProcessClock clock;

  StreamSocket(
      Broadcast broadcast, StreamFilters filters, StreamPlaces places, ProcessClock clock) {
    this.broadcast = broadcast;
    this.filters = filters;
    this.places = places;
    this.clock = clock;
  }

  @OnOpen
  void open(WebSocketSession session, HttpRequest<?> request) {
    String connection = "s" + opened.incrementAndGet();
    if (!places.take(connection, request)) {
      session.close(CloseReason.TRY_AGAIN_LATER);
      return;
    }
    session.put(CONNECTION, connection);
    Subscriber subscriber =
        new Subscriber(
            filters.audienceOf(name -> request.getParameters().get(name)),
            filters.userOf(request),
            new SessionOutlet(session));
    broadcast.admit(connection, subscriber, hello());
  }

  @OnMessage(maxPayloadLength = ClientBudget.LONGEST_MESSAGE)
  void message(WebSocketSession session, String text) {
    connection(session)
        .ifPresent(
            it -> {
              switch (ClientFrame.read(text)) {
                case ClientFrame.Ping _ ->
                    broadcast.answer(
                        it,
                        StreamCodec.encode(new StreamMessage.Pong(clock.instant(), clock.rate())));
                case ClientFrame.Subscribe(var audience) ->
                    broadcast.subscribe(it, audience, hello());
                case ClientFrame.Refused(var code, var field, var message) ->
                    broadcast.answer(it, ErrorBody.encode(code, message, Optional.of(field)));
              }
            });
  }

  @OnClose
  void close(WebSocketSession session) {
    leave(session);
  }

  @OnError
  void error(WebSocketSession session, Throwable failure) {
    log.debug("stream connection {} failed", connection(session).orElse("?"), failure);
    leave(session);
    session.close(CloseReason.GOING_AWAY);
  }

  private void leave(WebSocketSession session) {
    connection(session)
        .ifPresent(
            it -> {
              broadcast.leave(it);
              places.giveBack(it);
            });
  }

  private static Optional<String> connection(WebSocketSession session) {
    return session.get(CONNECTION, String.class);
  }

  private StreamMessage.Hello hello() {
    return new StreamMessage.Hello(clock.instant(), clock.rate());
  }

  @Scheduled(fixedRate = "20s", initialDelay = "20s")
  void tick() {
    broadcast.publish(new StreamMessage.Tick(clock.instant(), clock.rate()), audience -> true);
  }

  private record SessionOutlet(WebSocketSession session) implements Outlet {
    @Override
    public CompletableFuture<?> send(String text) {
      try {
        return session.sendAsync(text, MediaType.TEXT_PLAIN_TYPE);
      } catch (WebSocketSessionException closedMeanwhile) {
        return CompletableFuture.failedFuture(closedMeanwhile);
      }
    }

    @Override
    public void drop() {
      session.close(CloseReason.TRY_AGAIN_LATER);
    }
  }
}
