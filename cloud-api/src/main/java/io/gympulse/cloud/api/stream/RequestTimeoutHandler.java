package io.gympulse.cloud.api.stream;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Closes a connection on which no complete request arrives within the timeout, even if parts of
/// one keep arriving; an idle connection too. The timeout starts with the connection and with the
/// end of each response, and does not run while a response is pending. Removes itself when the
/// connection becomes a stream.
///
/// Follows the HTTP codec in the pipeline. Belongs to one connection and its event loop.
final class RequestTimeoutHandler extends ChannelDuplexHandler {
  private final Duration timeout;
  private @Nullable ScheduledFuture<?> deadline;
  private long requests;
  private long responses;

  /// @param timeout for a request to arrive completely, head and body
  RequestTimeoutHandler(Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    start(context);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    stop();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    stop();
    context.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof LastHttpContent) {
      requests++;
      if (requests > responses) {
        stop();
      } else {
        // The response was sent before the request had arrived completely.
        start(context);
      }
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse head && isInterim(head.status())) {
      if (head.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
        context.pipeline().remove(this);
      }
      var _ = context.write(message, promise);
    } else if (message instanceof LastHttpContent) {
      ChannelFutureListener ended = _ -> onResponseEnd(context);
      var _ = context.write(message, promise.unvoid().addListener(ended));
    } else {
      var _ = context.write(message, promise);
    }
  }

  private void onResponseEnd(ChannelHandlerContext context) {
    responses++;
    if (responses >= requests && !context.isRemoved() && context.channel().isActive()) {
      start(context);
    }
  }

  private static boolean isInterim(HttpResponseStatus status) {
    return status.codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  private void start(ChannelHandlerContext context) {
    stop();
    deadline =
        context
            .executor()
            .schedule(
                () -> {
                  var _ = context.close();
                },
                timeout.toNanos(),
                TimeUnit.NANOSECONDS);
  }

  private void stop() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }
}
