package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.identity.Access;
import io.gympulse.cloud.api.identity.BearerToken;
import io.gympulse.cloud.api.identity.Caller;
import io.gympulse.cloud.core.broadcast.ClientFrame;
import io.gympulse.cloud.core.broadcast.StreamMessage;
import io.gympulse.cloud.core.broadcast.StreamMessage.StreamCodec;
import io.gympulse.cloud.core.error.ErrorBody;
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
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/stream?gym=&category=&machine=`: the live updates. Every filter is optional; a connection with
/// a member's token gets that member's alerts as well, and is closed when the token expires. A
/// client may send a [ClientFrame]: a ping, or new filters that replace the old ones.
/// [StreamRequestFilter] has already rejected invalid filters before a connection opens.
///
/// Connections have ids of their own, since the framework takes a session's id from the client's
/// `Sec-WebSocket-Key`, so that two clients could have the same one.
@ServerWebSocket(value = StreamSocket.PATH, subprotocols = BearerToken.SUBPROTOCOL)
@Access(Access.Level.PUBLIC)
final class StreamSocket {
  static final String PATH = "/stream";
  private static final String CONNECTION = "gympulse.connection";
  private static final Logger log = LoggerFactory.getLogger(StreamSocket.class);

  private final AtomicLong opened = new AtomicLong();
  private final StreamBroadcaster broadcaster;
  private final StreamRequestFilter filters;
  private final StreamAdmission admission;
  private final ProcessClock clock;

  /// Tokens expire by real time, whatever the process's.
  private final InstantSource realClock = ProcessClock.real();

  StreamSocket(
      StreamBroadcaster broadcaster,
      StreamRequestFilter filters,
      StreamAdmission admission,
      ProcessClock clock) {
    this.broadcaster = broadcaster;
    this.filters = filters;
    this.admission = admission;
    this.clock = clock;
  }

  @OnOpen
  void onOpen(WebSocketSession session, HttpRequest<?> request) {
    String connection = "s" + opened.incrementAndGet();
    if (!admission.admit(connection, request)) {
      session.close(CloseReason.TRY_AGAIN_LATER);
      return;
    }
    session.put(CONNECTION, connection);
    Subscriber subscriber =
        new Subscriber(
            filters.audienceOf(name -> request.getParameters().get(name)),
            Caller.of(request).filter(Caller::isMember),
            new SessionTransport(session));
    broadcaster.add(connection, subscriber, hello());
  }

  @OnMessage(maxPayloadLength = ClientFrameLimiter.MAX_MESSAGE_BYTES)
  void onMessage(WebSocketSession session, String text) {
    connection(session)
        .ifPresent(
            it -> {
              switch (ClientFrame.read(text)) {
                case ClientFrame.Ping _ ->
                    broadcaster.reply(
                        it,
                        StreamCodec.encode(new StreamMessage.Pong(clock.instant(), clock.rate())));
                case ClientFrame.Subscribe(var audience) ->
                    broadcaster.subscribe(it, audience, hello());
                case ClientFrame.Refused(var code, var field, var message) ->
                    broadcaster.reply(it, ErrorBody.encode(code, message, Optional.of(field)));
              }
            });
  }

  @OnClose
  void onClose(WebSocketSession session) {
    remove(session);
  }

  @OnError
  void onError(WebSocketSession session, Throwable failure) {
    log.debug("stream connection {} failed", connection(session).orElse("?"), failure);
    remove(session);
    session.close(CloseReason.GOING_AWAY);
  }

  private void remove(WebSocketSession session) {
    connection(session)
        .ifPresent(
            it -> {
              broadcaster.remove(it);
              admission.release(it);
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
    broadcaster.closeExpired(realClock.instant());
    broadcaster.publish(new StreamMessage.Tick(clock.instant(), clock.rate()), audience -> true);
  }

  private record SessionTransport(WebSocketSession session) implements Subscriber.Transport {
    @Override
    public CompletableFuture<?> send(String text) {
      try {
        return session.sendAsync(text, MediaType.TEXT_PLAIN_TYPE);
      } catch (WebSocketSessionException closed) {
        return CompletableFuture.failedFuture(closed);
      }
    }

    @Override
    public void close() {
      session.close(CloseReason.TRY_AGAIN_LATER);
    }
  }
}
