package io.gympulse.local.broker;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Hands a connection's bytes on to the decoder in small pieces, and stops reading from the network
/// while the broker has enough to do for the connection: while its debt of bytes or requests is not
/// paid, while its window is full, while it does not read what is sent to it, or until its CONNECT
/// is answered. At most what one read brought waits here (64 KB), and a piece holds at most 1,000
/// packets. All methods but `wake` belong to the channel's event loop.
final class InboundGate extends ChannelInboundHandlerAdapter {

  private static final int PIECE = 4_096;
  private static final int MQTT_CONNECT = 0x10;

  private final Allowance bytes;
  private final Allowance requests;
  private final LongSupplier nanos;
  private final LimitCounters counters;
  private final Deque<ByteBuf> waiting = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private boolean began;
  private boolean held;
  private boolean full;
  private boolean cut;
  private boolean draining;
  private boolean wakes;

  InboundGate(BrokerLimits limits, LimitCounters counters, LongSupplier nanos) {
    long now = nanos.getAsLong();
    this.bytes = new Allowance(limits.bytesPerSecond(), limits.byteBurst(), now);
    this.requests = new Allowance(limits.requestsPerSecond(), limits.requestBurst(), now);
    this.counters = counters;
    this.nanos = nanos;
  }

  /// Charges the connection for something other than a publish.
  void charge(int count) {
    requests.charge(count, nanos.getAsLong());
  }

  /// Nothing is handed on until the CONNECT is answered.
  void hold(boolean until) {
    held = until;
    drain();
  }

  /// Nothing is handed on while the window of unacknowledged publishes is full.
  void full(boolean now) {
    full = now;
    drain();
  }

  /// Nothing is handed on any more.
  void cut() {
    cut = true;
    waiting.forEach(ByteBuf::release);
    waiting.clear();
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
    if (cut || !read.isReadable()) {
      read.release();
      return;
    }
    if (!began && read.getUnsignedByte(read.readerIndex()) != MQTT_CONNECT) {
      // The broker behind would take HTTP too, with bodies of any size.
      counters.count(LimitCounters.Limit.MESSAGE);
      read.release();
      cut();
      var _ = ctx.close();
      return;
    }
    began = true;
    waiting.add(read);
    drain();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    ctx.fireChannelWritabilityChanged();
    drain();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    cut();
    ctx.fireChannelInactive();
  }

  private void drain() {
    ChannelHandlerContext ctx = context;
    if (ctx == null || draining || cut) {
      return;
    }
    draining = true;
    try {
      while (!waiting.isEmpty() && !cut && isOpen(ctx)) {
        handOn(ctx, waiting.element());
      }
    } finally {
      draining = false;
    }
    if (!cut) {
      read(ctx, waiting.isEmpty() && isOpen(ctx));
    }
  }

  private void handOn(ChannelHandlerContext ctx, ByteBuf first) {
    int length = Math.min(PIECE, first.readableBytes());
    bytes.charge(length, nanos.getAsLong());
    ByteBuf piece = first.readRetainedSlice(length);
    if (!first.isReadable()) {
      waiting.remove().release();
    }
    ctx.fireChannelRead(piece);
    ctx.fireChannelReadComplete();
  }

  private void read(ChannelHandlerContext ctx, boolean more) {
    boolean reads = ctx.channel().config().isAutoRead();
    if (reads != more) {
      ctx.channel().config().setAutoRead(more);
    }
    long debt = debt();
    // Every connection is held until its CONNECT is answered; that delays nobody.
    if (reads && !more && (debt > 0 || full || !ctx.channel().isWritable())) {
      counters.count(LimitCounters.Limit.DELAYED);
    }
    if (debt > 0 && !wakes) {
      wakes = true;
      var _ = ctx.executor().schedule(this::wake, debt, TimeUnit.NANOSECONDS);
    }
  }

  private void wake() {
    wakes = false;
    drain();
  }

  private boolean isOpen(ChannelHandlerContext ctx) {
    return !held && !full && ctx.channel().isWritable() && debt() == 0;
  }

  private long debt() {
    long now = nanos.getAsLong();
    return Math.max(bytes.nanosInDebt(now), requests.nanosInDebt(now));
  }
}
