package io.gympulse.local.http;

import io.gympulse.cloud.http.Fault;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection: reads a request within the limits, has it served, and reads the next only then.
///
/// A request that is refused before its end is answered at once. What still arrives of it is
/// discarded for a moment, since closing a socket with unread data may destroy the answer. All
/// methods but `answer` run on the connection's event loop.
final class HttpConnection extends SimpleChannelInboundHandler<HttpObject> {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);
  private static final Duration DISCARD = Duration.ofSeconds(2);

  private enum Phase {
    READING,
    SERVING,
    REFUSED
  }

  private final HttpServing serving;
  private final ConnectionGate gate;
  private final HttpLimits limits;
  private InetAddress source = InetAddress.getLoopbackAddress();
  private Phase phase = Phase.READING;
  private @Nullable HttpRequest head;
  private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private int charged;
  private @Nullable ScheduledFuture<?> deadline;
  private volatile @Nullable Thread streaming;

  HttpConnection(HttpServing serving, ConnectionGate gate) {
    this.serving = serving;
    this.gate = gate;
    this.limits = serving.limits();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    source = ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
    within(limits.head(), context, () -> close(context));
    context.read();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    anyTime();
    forgetBody();
    if (streaming != null) {
      streaming.interrupt();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    close(context);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    switch (phase) {
      case READING -> take(context, part);
      case SERVING -> close(context);
      case REFUSED -> {
        if (part instanceof LastHttpContent) {
          context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        } else {
          context.read();
        }
      }
    }
  }

  private void take(ChannelHandlerContext context, HttpObject part) {
    if (part.decoderResult().isFailure()) {
      refuse(context, undecodable(part.decoderResult().cause()));
    } else if (part instanceof HttpRequest request) {
      begin(context, request);
    } else if (part instanceof HttpContent content) {
      append(context, content);
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    head = request;
    Optional<String> foreign =
        serving
            .site()
            .refusal(
                request.method().name(),
                request.headers().get(HttpHeaderNames.HOST),
                request.headers().get(HttpHeaderNames.ORIGIN),
                request.headers().get("Sec-Fetch-Site"));
    if (foreign.isPresent()) {
      refuse(context, new Fault(403, "cross_site", foreign.get(), Optional.empty()));
    } else if (HttpUtil.getContentLength(request, 0L) > limits.bodyBytes()) {
      refuse(context, Fault.tooLarge(limits.bodyBytes()));
    } else {
      within(limits.body(), context, () -> refuse(context, late()));
      if (HttpUtil.is100ContinueExpected(request)) {
        var _ =
            context.writeAndFlush(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
      }
      context.read();
    }
  }

  private void append(ChannelHandlerContext context, HttpContent content) {
    int length = body.size() + content.content().readableBytes();
    if (length > limits.bodyBytes()) {
      refuse(context, Fault.tooLarge(limits.bodyBytes()));
    } else if (!charge(length)) {
      refuse(context, busy());
    } else {
      copy(content);
      if (content instanceof LastHttpContent) {
        anyTime();
        serve(context);
      } else {
        context.read();
      }
    }
  }

  private boolean charge(int length) {
    int due = Math.max(0, length - limits.freeBytes());
    if (due > charged) {
      if (!serving.bodies().take(source, due - charged)) {
        return false;
      }
      charged = due;
    }
    return true;
  }

  private void copy(HttpContent content) {
    try {
      content.content().readBytes(body, content.content().readableBytes());
    } catch (IOException e) {
      throw new IllegalStateException("an array takes all", e);
    }
  }

  private void serve(ChannelHandlerContext context) {
    HttpRequest request = Objects.requireNonNull(head);
    HttpCall call = call(request);
    int held = charged;
    charged = 0;
    forgetBody();
    phase = Phase.SERVING;
    gate.works(context.channel());
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    serving.execute(() -> answer(context, call, keepAlive, held));
  }

  /// On a thread of its own.
  private void answer(ChannelHandlerContext context, HttpCall call, boolean keepAlive, int held) {
    try {
      HttpReply reply;
      try {
        reply = serving.answer(call);
      } finally {
        serving.bodies().giveBack(source, held);
      }
      switch (reply) {
        case HttpReply.Whole whole ->
            HttpWriter.write(context.channel(), whole, keepAlive)
                .addListener(
                    done -> {
                      if (done.isSuccess() && keepAlive) {
                        context.executor().execute(() -> next(context));
                      } else {
                        close(context);
                      }
                    });
        case HttpReply.Streamed streamed -> {
          // Read on, so that a client that goes away is noticed.
          streaming = Thread.currentThread();
          context.channel().config().setAutoRead(true);
          HttpWriter.stream(context.channel(), streamed);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close(context);
    } catch (Throwable e) {
      // Such as a lack of memory: without an answer the client would wait for as long as it likes.
      LOG.error("{} {} has no answer, its connection is closed", call.method(), call.path(), e);
      close(context);
    }
  }

  private void next(ChannelHandlerContext context) {
    phase = Phase.READING;
    gate.waits(context.channel());
    head = null;
    within(limits.idle(), context, () -> close(context));
    context.read();
  }

  private void refuse(ChannelHandlerContext context, Fault fault) {
    anyTime();
    forgetBody();
    phase = Phase.REFUSED;
    serving.countRefused();
    HttpReply.Whole reply = Replies.of(fault);
    var _ =
        HttpWriter.write(
            context.channel(),
            fault.status() == 503 ? HttpReply.with(reply, "Retry-After", "1") : reply,
            false);
    within(DISCARD, context, () -> close(context));
    context.read();
  }

  private void forgetBody() {
    if (charged > 0) {
      serving.bodies().giveBack(source, charged);
      charged = 0;
    }
    body = new ByteArrayOutputStream(0);
  }

  private HttpCall call(HttpRequest request) {
    Map<String, String> headers = new TreeMap<>();
    request
        .headers()
        .forEach(
            it ->
                headers.merge(
                    it.getKey().toLowerCase(Locale.ROOT),
                    it.getValue(),
                    (one, other) -> one + "," + other));
    return new HttpCall(
        HttpCall.Target.of(request.method().name(), request.uri()),
        headers,
        body.toByteArray(),
        source);
  }

  /// Runs something unless another deadline is set, or none, before.
  private void within(Duration limit, ChannelHandlerContext context, Runnable late) {
    anyTime();
    deadline = context.executor().schedule(late, limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void anyTime() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  private static void close(ChannelHandlerContext context) {
    // What waits to be written is given up.
    var _ = context.close();
  }

  private static Fault undecodable(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ ->
          new Fault(414, "uri_too_long", "the request's address is too long", Optional.empty());
      case TooLongHttpHeaderException _ ->
          new Fault(431, "headers_too_large", "the headers are too long", Optional.empty());
      default -> new Fault(400, "malformed", "this is no HTTP request", Optional.empty());
    };
  }

  private Fault late() {
    return new Fault(
        408,
        "request_timeout",
        "the body did not arrive within %d seconds".formatted(limits.body().toSeconds()),
        Optional.empty());
  }

  private static Fault busy() {
    return new Fault(
        503,
        "busy",
        "too many long bodies are being received; send this one again later",
        Optional.empty());
  }
}
