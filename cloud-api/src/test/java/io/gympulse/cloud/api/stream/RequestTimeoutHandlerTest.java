package io.gympulse.cloud.api.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestTimeoutHandlerTest {
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  private final EmbeddedChannel channel =
      new EmbeddedChannel(new HttpServerCodec(), new RequestTimeoutHandler(Duration.ofSeconds(60)));

  @BeforeEach
  void freezeTime() {
    channel.freezeTime();
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void an_incomplete_head_is_closed_even_if_more_of_it_arrives() {
    for (int i = 0; i < 5; i++) {
      receive(REQUEST.substring(i, i + 1));
      advanceSeconds(11);
      assertThat(channel.isActive()).isTrue();
    }
    advanceSeconds(6);
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void an_incomplete_body_is_closed() {
    receive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf");
    advanceSeconds(61);
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void a_pending_response_has_no_timeout() {
    receive(REQUEST);
    advanceSeconds(600);
    assertThat(channel.isActive()).isTrue();
    respond(HttpResponseStatus.OK);
    advanceSeconds(59);
    receive(REQUEST);
    advanceSeconds(600);
    assertThat(channel.isActive()).isTrue();
  }

  @Test
  void the_timeout_restarts_after_a_response() {
    receive(REQUEST);
    respond(HttpResponseStatus.OK);
    advanceSeconds(30);
    receive(REQUEST.substring(0, 9));
    advanceSeconds(31);
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void an_interim_response_does_not_restart_the_timeout() {
    receive(REQUEST);
    respond(HttpResponseStatus.CONTINUE);
    advanceSeconds(600);
    assertThat(channel.isActive()).isTrue();
  }

  @Test
  void the_rest_of_a_request_answered_early_does_not_suspend_the_timeout() {
    receive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf");
    respond(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
    receive("whole");
    advanceSeconds(61);
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void a_stream_has_no_timeout() {
    receive(REQUEST);
    respond(HttpResponseStatus.SWITCHING_PROTOCOLS);
    advanceSeconds(600);
    assertThat(channel.isActive()).isTrue();
  }

  private void receive(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
  }

  private void respond(HttpResponseStatus status) {
    channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
  }

  private void advanceSeconds(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }
}
