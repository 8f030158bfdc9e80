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

class RequestDeadlineTest {
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  private final EmbeddedChannel channel =
      new EmbeddedChannel(new HttpServerCodec(), new RequestDeadline(Duration.ofSeconds(60)));

  @BeforeEach
  void freeze() {
    channel.freezeTime();
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void half_a_head_is_not_waited_for_however_slowly_more_of_it_comes() {
    for (int i = 0; i < 5; i++) {
      arrives(REQUEST.substring(i, i + 1));
      passes(11);
      assertThat(channel.isActive()).isTrue();
    }
    passes(6);
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void half_a_body_is_not_waited_for() {
    arrives("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf");
    passes(61);
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void an_answer_may_take_its_time() {
    arrives(REQUEST);
    passes(600);
    assertThat(channel.isActive()).isTrue();
    answered(HttpResponseStatus.OK);
    passes(59);
    arrives(REQUEST);
    passes(600);
    assertThat(channel.isActive()).isTrue();
  }

  @Test
  void after_an_answer_the_time_runs_again() {
    arrives(REQUEST);
    answered(HttpResponseStatus.OK);
    passes(30);
    arrives(REQUEST.substring(0, 9));
    passes(31);
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void interim_answers_are_none() {
    arrives(REQUEST);
    answered(HttpResponseStatus.CONTINUE);
    passes(600);
    assertThat(channel.isActive()).isTrue();
  }

  @Test
  void what_follows_a_request_that_is_refused_early_is_not_waited_for() {
    arrives("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf");
    answered(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
    arrives("whole");
    passes(61);
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void a_stream_has_no_deadline() {
    arrives(REQUEST);
    answered(HttpResponseStatus.SWITCHING_PROTOCOLS);
    passes(600);
    assertThat(channel.isActive()).isTrue();
  }

  private void arrives(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
  }

  private void answered(HttpResponseStatus status) {
    channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
  }

  private void passes(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }
}
