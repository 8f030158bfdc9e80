package io.gympulse.local.http;

import io.gympulse.cloud.http.ApiError;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection: reads a request within the limits, passes it to its handler, and reads the next
/// one after the response.
///
/// A request that is refused before its end is answered at once. The rest of it is discarded for a
/// moment, since closing a socket with unread data may destroy the response. All methods except
/// `respond` run on the connection's event loop.
final class HttpConnection extends SimpleChannelInboundHandler<HttpObject> {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);
  private static final Duration DISCARD_TIMEOUT = Duration.ofSeconds(2);

  private enum Phase {
    READING,
    SERVING,
    REFUSED
  }

  private final HttpDispatcher dispatcher;
  private final ConnectionLimiter limiter;
  private final HttpLimits limits;
  private RequestBody body;
  private Phase phase = Phase.READING;
  private @Nullable HttpRequest head;
  private @Nullable ScheduledFuture<?> deadline;

  HttpConnection(HttpDispatcher dispatcher, ConnectionLimiter limiter) {
    this.dispatcher = dispatcher;
    this.limiter = limiter;
    this.limits = dispatcher.limits();
    this.body = new RequestBody(limits, dispatcher.bodies(), InetAddress.getLoopbackAddress());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    InetAddress source = ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
    body = new RequestBody(limits, dispatcher.bodies(), source);
    schedule(limits.head(), context, () -> close(context));
    context.read();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    cancelDeadline();
    body.discard();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    close(context);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    switch (phase) {
      case READING -> receive(context, part);
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

  private void receive(ChannelHandlerContext context, HttpObject part) {
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
    Optional<String> refusal =
        dispatcher
            .site()
            .refusal(
                request.method().name(),
                request.headers().get(HttpHeaderNames.HOST),
                request.headers().get(HttpHeaderNames.ORIGIN),
                request.headers().get("Sec-Fetch-Site"));
    if (refusal.isPresent()) {
      refuse(context, new ApiError(403, "cross_site", refusal.get(), Optional.empty()));
    } else if (HttpUtil.getContentLength(request, 0L) > limits.bodyBytes()) {
      refuse(context, ApiError.tooLarge(limits.bodyBytes()));
    } else {
      schedule(limits.body(), context, () -> refuse(context, timeout()));
      if (HttpUtil.is100ContinueExpected(request)) {
        var _ =
            context.writeAndFlush(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
      }
      context.read();
    }
  }

  private void append(ChannelHandlerContext context, HttpContent content) {
    switch (body.append(content)) {
      case TOO_LARGE -> refuse(context, ApiError.tooLarge(limits.bodyBytes()));
      case OVER_BUDGET -> refuse(context, busy());
      case OK -> {
        if (content instanceof LastHttpContent) {
          cancelDeadline();
          serve(context);
        } else {
          context.read();
        }
      }
    }
  }

  private void serve(ChannelHandlerContext context) {
    HttpRequest request = Objects.requireNonNull(head);
    ServerRequest complete = ServerRequest.of(request, body.bytes(), body.source());
    int charged = body.detach();
    phase = Phase.SERVING;
    limiter.serving(context.channel());
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    dispatcher.execute(() -> respond(context, complete, keepAlive, charged));
  }

  /// Runs on a virtual thread.
  ///
  /// @param charged bytes of the body in the budget
  private void respond(
      ChannelHandlerContext context, ServerRequest request, boolean keepAlive, int charged) {
    try {
      ServerResponse response;
      try {
        response = dispatcher.respond(request);
      } finally {
        body.giveBack(charged);
      }
      write(context.channel(), response, keepAlive)
          .addListener(
              done -> {
                if (done.isSuccess() && keepAlive) {
                  context.executor().execute(() -> next(context));
                } else {
                  close(context);
                }
              });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close(context);
    } catch (Throwable e) {
      // Such as an OutOfMemoryError: without a response the client would wait.
      LOG.error(
          "{} {} has no response, its connection is closed", request.method(), request.path(), e);
      close(context);
    }
  }

  private void next(ChannelHandlerContext context) {
    phase = Phase.READING;
    limiter.waiting(context.channel());
    head = null;
    schedule(limits.idle(), context, () -> close(context));
    context.read();
  }

  private void refuse(ChannelHandlerContext context, ApiError fault) {
    cancelDeadline();
    body.discard();
    phase = Phase.REFUSED;
    dispatcher.countRefused();
    ServerResponse response = ServerResponse.of(fault);
    var _ =
        write(
            context.channel(),
            fault.status() == 503 ? response.with("Retry-After", "1") : response,
            false);
    schedule(DISCARD_TIMEOUT, context, () -> close(context));
    context.read();
  }

  /// Runs an action after the timeout, unless the deadline is replaced or cancelled before.
  private void schedule(Duration timeout, ChannelHandlerContext context, Runnable action) {
    cancelDeadline();
    deadline = context.executor().schedule(action, timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  private static ChannelFuture write(Channel channel, ServerResponse response, boolean keepAlive) {
    var encoded =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(response.status()),
            Unpooled.wrappedBuffer(response.body()));
    response.headers().forEach((name, value) -> encoded.headers().set(name, value));
    HttpUtil.setContentLength(encoded, response.body().length);
    HttpUtil.setKeepAlive(encoded, keepAlive);
    return channel.writeAndFlush(encoded);
  }

  private static void close(ChannelHandlerContext context) {
    // Discards data that is not written yet.
    var _ = context.close();
  }

  private static ApiError undecodable(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ ->
          new ApiError(414, "uri_too_long", "the request's address is too long", Optional.empty());
      case TooLongHttpHeaderException _ ->
          new ApiError(431, "headers_too_large", "the headers are too long", Optional.empty());
      default -> new ApiError(400, "malformed", "this is no HTTP request", Optional.empty());
    };
  }

  private ApiError timeout() {
    return new ApiError(
        408,
        "request_timeout",
        "the body did not arrive within %d seconds".formatted(limits.body().toSeconds()),
        Optional.empty());
  }

  private static ApiError busy() {
    return new ApiError(
        503,
        "busy",
        "too many long bodies are being received; send this one again later",
        Optional.empty());
  }
}
