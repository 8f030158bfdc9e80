package io.gympulse.local.broker;

import io.gympulse.process.TokenBucket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Passes a connection's bytes to the decoder in small chunks, and stops reading from the network
/// while the rate of bytes or requests is exceeded, while the publish window is full, while the
/// client does not read what is sent to it, and until its CONNECT is answered. At most the bytes of
/// one read are buffered (64 KB); a chunk contains at most 1,000 packets. For the channel's event
/// loop.
final class InboundThrottle extends ChannelInboundHandlerAdapter {

  private static final int CHUNK_BYTES = 4_096;
  private static final int MQTT_CONNECT = 0x10;

  private final TokenBucket bytes;
  private final TokenBucket requests;
  private final LongSupplier nanos;
  private final LimitCounters counters;
  private final Deque<ByteBuf> buffered = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private boolean connectReceived;
  private boolean awaitingConnAck;
  private boolean windowFull;
  private boolean stopped;
  private boolean draining;
  private boolean scheduled;

  InboundThrottle(BrokerLimits limits, LimitCounters counters, LongSupplier nanos) {
    long now = nanos.getAsLong();
    this.bytes = new TokenBucket(limits.bytesPerSecond(), limits.byteBurst(), now);
    this.requests = new TokenBucket(limits.requestsPerSecond(), limits.requestBurst(), now);
    this.counters = counters;
    this.nanos = nanos;
  }

  /// Charges the connection for packets other than publishes.
  void charge(int count) {
    requests.charge(count, nanos.getAsLong());
  }

  /// Nothing is passed on until the CONNECT is answered.
  void setAwaitingConnAck(boolean awaiting) {
    awaitingConnAck = awaiting;
    drain();
  }

  /// Nothing is passed on while the publish window is full.
  void setWindowFull(boolean full) {
    windowFull = full;
    drain();
  }

  /// Nothing is passed on any more.
  void stop() {
    stopped = true;
    buffered.forEach(ByteBuf::release);
    buffered.clear();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof ByteBuf read)) {
      ctx.fireChannelRead(message);
      return;
    }
    if (stopped || !read.isReadable()) {
      read.release();
      return;
    }
    if (!connectReceived && read.getUnsignedByte(read.readerIndex()) != MQTT_CONNECT) {
      // Artemis would accept HTTP as well, with bodies of any size.
      counters.count(LimitCounters.Limit.MESSAGE);
      read.release();
      stop();
      var _ = ctx.close();
      return;
    }
    connectReceived = true;
    buffered.add(read);
    drain();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    ctx.fireChannelWritabilityChanged();
    drain();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stop();
    ctx.fireChannelInactive();
  }

  private void drain() {
    ChannelHandlerContext ctx = context;
    if (ctx == null || draining || stopped) {
      return;
    }
    draining = true;
    try {
      while (!buffered.isEmpty() && !stopped && isOpen(ctx)) {
        passChunk(ctx, buffered.element());
      }
    } finally {
      draining = false;
    }
    if (!stopped) {
      setReading(ctx, buffered.isEmpty() && isOpen(ctx));
    }
  }

  private void passChunk(ChannelHandlerContext ctx, ByteBuf first) {
    int length = Math.min(CHUNK_BYTES, first.readableBytes());
    bytes.charge(length, nanos.getAsLong());
    ByteBuf chunk = first.readRetainedSlice(length);
    if (!first.isReadable()) {
      buffered.remove().release();
    }
    ctx.fireChannelRead(chunk);
    ctx.fireChannelReadComplete();
  }

  private void setReading(ChannelHandlerContext ctx, boolean more) {
    boolean reads = ctx.channel().config().isAutoRead();
    if (reads != more) {
      ctx.channel().config().setAutoRead(more);
    }
    long overdrawn = nanosOverdrawn();
    // Waiting for the CONNACK is not counted: every connection does.
    if (reads && !more && (overdrawn > 0 || windowFull || !ctx.channel().isWritable())) {
      counters.count(LimitCounters.Limit.DELAYED);
    }
    if (overdrawn > 0 && !scheduled) {
      scheduled = true;
      var _ = ctx.executor().schedule(this::resume, overdrawn, TimeUnit.NANOSECONDS);
    }
  }

  private void resume() {
    scheduled = false;
    drain();
  }

  private boolean isOpen(ChannelHandlerContext ctx) {
    return !awaitingConnAck && !windowFull && ctx.channel().isWritable() && nanosOverdrawn() == 0;
  }

  private long nanosOverdrawn() {
    long now = nanos.getAsLong();
    return Math.max(bytes.nanosOverdrawn(now), requests.nanosOverdrawn(now));
  }
}
