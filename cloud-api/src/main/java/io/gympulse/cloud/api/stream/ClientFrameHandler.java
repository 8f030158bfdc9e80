package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.stream.ClientFrameLimiter.Violation;
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

/// Checks frames between the WebSocket decoder and the framework, which would collect the fragments
/// of a message without bound and close a connection without answering the client's close frame
/// (RFC 6455, 5.5.1). Closes a connection that exceeds the [limits][ClientFrameLimiter] or sends a
/// binary frame. Pings a client that has sent nothing for the idle time; after the idle time again
/// the framework closes the connection. Before the upgrade every message passes.
///
/// Belongs to one connection and its event loop.
final class ClientFrameHandler extends ChannelDuplexHandler {
  private static final Violation BINARY_FRAME = new Violation(1003, "text only");

  private final LongSupplier nanos;
  private final ClientFrameLimiter limiter;
  private boolean upgraded;
  private boolean closing;

  ClientFrameHandler(LongSupplier nanos) {
    this.nanos = nanos;
    this.limiter = new ClientFrameLimiter(nanos.getAsLong());
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
    Optional<Violation> violation = check(frame);
    if (violation.isPresent()) {
      ReferenceCountUtil.release(frame);
      close(context, new CloseWebSocketFrame(violation.get().code(), violation.get().reason()));
    } else if (frame instanceof CloseWebSocketFrame close && !closing) {
      answer(context, close);
    } else {
      context.fireChannelRead(frame);
    }
  }

  private Optional<Violation> check(WebSocketFrame frame) {
    return switch (frame) {
      case TextWebSocketFrame text ->
          limiter.data(text.content().readableBytes(), text.isFinalFragment(), nanos.getAsLong());
      case ContinuationWebSocketFrame next ->
          limiter.data(next.content().readableBytes(), next.isFinalFragment(), nanos.getAsLong());
      case BinaryWebSocketFrame _ -> Optional.of(BINARY_FRAME);
      case CloseWebSocketFrame _ -> Optional.empty();
      default -> limiter.control(nanos.getAsLong());
    };
  }

  /// Answers by the same code. Only then is the frame passed to the framework, which closes the
  /// connection.
  private void answer(ChannelHandlerContext context, CloseWebSocketFrame close) {
    closing = true;
    int code = close.statusCode();
    CloseWebSocketFrame answer =
        code < 0 ? new CloseWebSocketFrame() : new CloseWebSocketFrame(code, "");
    ChannelFutureListener passOn = _ -> context.fireChannelRead(close);
    var _ = context.writeAndFlush(answer).addListener(passOn);
  }

  private void close(ChannelHandlerContext context, CloseWebSocketFrame frame) {
    closing = true;
    var _ = context.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
  }

  /// Drops frames after a close frame, which must be the last one.
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

  /// The decoder has already answered an invalid or too long frame by a close frame.
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
