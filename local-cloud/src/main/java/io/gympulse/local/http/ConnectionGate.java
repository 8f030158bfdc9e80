package io.gympulse.local.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/// Counts open connections, and lets none in beyond the limits. Thread-safe.
@Sharable
final class ConnectionGate extends ChannelInboundHandlerAdapter {
  private static final byte[] REFUSAL =
      """
      HTTP/1.1 503 Service Unavailable\r
      Retry-After: 1\r
      Connection: close\r
      Content-Length: 0\r
      \r
      """
          .getBytes(US_ASCII);

  private final HttpLimits limits;
  private final Map<Source, Integer> bySource = new HashMap<>();
  private int open;
  private long refused;

  ConnectionGate(HttpLimits limits) {
    this.limits = limits;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    InetSocketAddress remote = (InetSocketAddress) context.channel().remoteAddress();
    Source source = Source.of(remote.getAddress());
    if (enter(source)) {
      context.channel().closeFuture().addListener(_ -> leave(source));
      context.fireChannelActive();
    } else {
      context
          .writeAndFlush(Unpooled.wrappedBuffer(REFUSAL))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  private synchronized boolean enter(Source source) {
    int ofSource = bySource.getOrDefault(source, 0);
    if (open >= limits.connections() || ofSource >= limits.connectionsOfSource()) {
      refused++;
      return false;
    }
    open++;
    bySource.put(source, ofSource + 1);
    return true;
  }

  private synchronized void leave(Source source) {
    open--;
    bySource.computeIfPresent(source, (_, count) -> count > 1 ? count - 1 : null);
  }

  synchronized int open() {
    return open;
  }

  synchronized long refused() {
    return refused;
  }
}
