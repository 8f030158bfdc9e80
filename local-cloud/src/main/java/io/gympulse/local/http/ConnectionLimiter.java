package io.gympulse.local.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gympulse.local.http.SharedBudget.Source;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Limits open connections. At a limit, a new connection replaces the one that has waited longest
/// for the end of a request, of the same source if that has too many. Connections whose request is
/// being handled, such as a stream of the feed, are not replaced; if all are, the new one is
/// refused. Thread-safe.
@Sharable
final class ConnectionLimiter extends ChannelInboundHandlerAdapter {
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
  private final Map<Channel, Source> open = new HashMap<>();

  /// Connections without a complete request, in the order in which they began to wait for it.
  private final Set<Channel> waiting = new LinkedHashSet<>();

  private long displaced;
  private long refused;

  ConnectionLimiter(HttpLimits limits) {
    this.limits = limits;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    Channel channel = context.channel();
    Source source = Source.of(((InetSocketAddress) channel.remoteAddress()).getAddress());
    makeRoom(source)
        .ifPresent(
            it -> {
              var _ = it.close();
            });
    if (add(channel, source)) {
      channel.closeFuture().addListener(_ -> remove(channel));
      context.fireChannelActive();
    } else {
      context
          .writeAndFlush(Unpooled.wrappedBuffer(REFUSAL))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  /// The connection's request is complete and is being handled.
  synchronized void serving(Channel channel) {
    waiting.remove(channel);
  }

  /// The connection waits for its next request.
  synchronized void waiting(Channel channel) {
    if (open.containsKey(channel)) {
      waiting.add(channel);
    }
  }

  /// @return the connection to close, which is not counted any more
  private synchronized Optional<Channel> makeRoom(Source source) {
    Optional<Channel> oldest = Optional.empty();
    if (bySource.getOrDefault(source, 0) >= limits.connectionsOfSource()) {
      oldest = oldestWaiting(it -> source.equals(open.get(it)));
    } else if (open.size() >= limits.connections()) {
      oldest = oldestWaiting(_ -> true);
    }
    if (oldest.isPresent()) {
      displaced++;
      remove(oldest.get());
    }
    return oldest;
  }

  private Optional<Channel> oldestWaiting(Predicate<Channel> which) {
    return waiting.stream().filter(which).findFirst();
  }

  private synchronized boolean add(Channel channel, Source source) {
    int ofSource = bySource.getOrDefault(source, 0);
    if (open.size() >= limits.connections() || ofSource >= limits.connectionsOfSource()) {
      refused++;
      return false;
    }
    open.put(channel, source);
    waiting.add(channel);
    bySource.put(source, ofSource + 1);
    return true;
  }

  /// May be called repeatedly.
  private synchronized void remove(Channel channel) {
    waiting.remove(channel);
    Source source = open.remove(channel);
    if (source != null) {
      bySource.computeIfPresent(source, (_, count) -> count > 1 ? count - 1 : null);
    }
  }

  synchronized int open() {
    return open.size();
  }

  synchronized long displaced() {
    return displaced;
  }

  synchronized long refused() {
    return refused;
  }
}
