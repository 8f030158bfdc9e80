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

/// Closes a connection on which no request has arrived whole for too long, whatever part of one has
/// and however slowly more of it comes; an idle one too. The time runs from the connection's begin,
/// and from each answer's end: while an answer is owed, it is this process that is waited for. Once
/// the connection is a stream this handler is gone.
///
/// Stands behind the HTTP codec. Belongs to one connection and its event loop.
final class RequestDeadline extends ChannelDuplexHandler {
  private final Duration patience;
  private @Nullable ScheduledFuture<?> deadline;
  private long requests;
  private long answers;

  /// @param patience how long a request may take to arrive, its head and body
  RequestDeadline(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    begin(context);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    end();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end();
    context.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof LastHttpContent) {
      requests++;
      if (requests > answers) {
        end();
      } else {
        // It was refused before it had arrived whole.
        begin(context);
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
      ChannelFutureListener answered = _ -> answered(context);
      var _ = context.write(message, promise.unvoid().addListener(answered));
    } else {
      var _ = context.write(message, promise);
    }
  }

  private void answered(ChannelHandlerContext context) {
    answers++;
    if (answers >= requests && !context.isRemoved() && context.channel().isActive()) {
      begin(context);
    }
  }

  private static boolean isInterim(HttpResponseStatus status) {
    return status.codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  private void begin(ChannelHandlerContext context) {
    end();
    deadline =
        context
            .executor()
            .schedule(
                () -> {
                  var _ = context.close();
                },
                patience.toNanos(),
                TimeUnit.NANOSECONDS);
  }

  private void end() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }
}
