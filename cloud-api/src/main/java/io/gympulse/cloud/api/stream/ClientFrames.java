package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.stream.ClientBudget.Breach;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Stands between the WebSocket decoder and the framework, which would collect the fragments of a
/// message without bound and end a connection without answering the client's close frame (RFC 6455,
/// 5.5.1). Closes what breaks its [budget][ClientBudget] or sends bytes; pings a client that has
/// sent nothing for the idle time, and lets the framework end it at the second time. Before the
/// upgrade it passes everything on.
///
/// Belongs to one connection and its event loop.
final class ClientFrames extends ChannelDuplexHandler {
  private static final Breach BYTES = new Breach(1003, "text only");

  private final LongSupplier nanos;
  private final ClientBudget budget;
  private boolean upgraded;
  private boolean closing;

  ClientFrames(LongSupplier nanos) {
    this.nanos = nanos;
    this.budget = new ClientBudget(nanos.getAsLong());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof WebSocketFrame frame)) {
      context.fireChannelRead(message);
      return;
    }
    upgraded = true;
    if (closing && !(frame instanceof CloseWebSocketFrame)) {
      ReferenceCountUtil.release(frame);
      return;
    }
    Optional<Breach> breach = check(frame);
    if (breach.isPresent()) {
      ReferenceCountUtil.release(frame);
      close(context, new CloseWebSocketFrame(breach.get().code(), breach.get().reason()));
    } else if (frame instanceof CloseWebSocketFrame close && !closing) {
      answer(context, close);
    } else {
      context.fireChannelRead(frame);
    }
  }

  private Optional<Breach> check(WebSocketFrame frame) {
    return switch (frame) {
      case TextWebSocketFrame text ->
          budget.data(text.content().readableBytes(), text.isFinalFragment(), nanos.getAsLong());
      case ContinuationWebSocketFrame next ->
          budget.data(next.content().readableBytes(), next.isFinalFragment(), nanos.getAsLong());
      case BinaryWebSocketFrame _ -> Optional.of(BYTES);
      case CloseWebSocketFrame _ -> Optional.empty();
      default -> budget.control(nanos.getAsLong());
    };
  }

  /// The same code comes back, and only then does the framework learn of it: it closes the
  /// connection.
  private void answer(ChannelHandlerContext context, CloseWebSocketFrame close) {
    closing = true;
    int code = close.statusCode();
    CloseWebSocketFrame answer =
        code < 0 ? new CloseWebSocketFrame() : new CloseWebSocketFrame(code, "");
    ChannelFutureListener tell = _ -> context.fireChannelRead(close);
    var _ = context.writeAndFlush(answer).addListener(tell);
  }

  private void close(ChannelHandlerContext context, CloseWebSocketFrame frame) {
    closing = true;
    var _ = context.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
  }

  /// After a close frame nothing more may be sent.
  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (closing && message instanceof WebSocketFrame) {
      ReferenceCountUtil.release(message);
      var _ = promise.tryFailure(new ClosedChannelException());
      return;
    }
    closing = closing || message instanceof CloseWebSocketFrame;
    var _ = context.write(message, promise);
  }

  /// The decoder has already answered what is no frame, or too long a one, by a close frame.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException) {
      closing = true;
    } else {
      context.fireExceptionCaught(cause);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (upgraded(context) && event == IdleStateEvent.FIRST_READER_IDLE_STATE_EVENT) {
      var _ = context.writeAndFlush(new PingWebSocketFrame());
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  private boolean upgraded(ChannelHandlerContext context) {
    upgraded = upgraded || context.pipeline().get("wsdecoder") != null;
    return upgraded;
  }
}
