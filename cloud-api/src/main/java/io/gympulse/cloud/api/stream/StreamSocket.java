package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.state.broadcast.StreamMessage;
import io.gympulse.contract.clock.ProcessClock;
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
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/stream?gym=&category=&machine=&user=`: the live updates. Every filter is optional; whoever
/// names a user hears their alerts as well; what clients send is ignored. [StreamFilters] has
/// already refused bad filters when a connection opens.
@ServerWebSocket(StreamSocket.PATH)
final class StreamSocket {
  static final String PATH = "/stream";
  private static final Logger log = LoggerFactory.getLogger(StreamSocket.class);

  private final Broadcast broadcast;
  private final StreamFilters filters;
  private final ProcessClock clock;

  StreamSocket(Broadcast broadcast, StreamFilters filters, ProcessClock clock) {
    this.broadcast = broadcast;
    this.filters = filters;
    this.clock = clock;
  }

  @OnOpen
  void open(WebSocketSession session, HttpRequest<?> request) {
    Subscriber subscriber =
        new Subscriber(
            filters.audienceOf(name -> request.getParameters().get(name)),
            filters.userOf(request),
            new SessionOutlet(session));
    broadcast.admit(
        session.getId(), subscriber, new StreamMessage.Hello(clock.instant(), clock.rate()));
  }

  @OnMessage
  void message(String ignored) {}

  @OnClose
  void close(WebSocketSession session) {
    broadcast.leave(session.getId());
  }

  @OnError
  void error(WebSocketSession session, Throwable failure) {
    log.debug("stream connection {} failed", session.getId(), failure);
    broadcast.leave(session.getId());
    session.close(CloseReason.GOING_AWAY);
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
