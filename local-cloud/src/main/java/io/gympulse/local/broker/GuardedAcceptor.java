package io.gympulse.local.broker;

import io.gympulse.local.broker.LimitCounters.Limit;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.cluster.ClusterConnection;
import org.apache.activemq.artemis.core.server.metrics.MetricsManager;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.apache.activemq.artemis.spi.core.remoting.AcceptorFactory;
import org.apache.activemq.artemis.spi.core.remoting.BufferHandler;
import org.apache.activemq.artemis.spi.core.remoting.ServerConnectionLifeCycleListener;
import org.apache.activemq.artemis.utils.actors.OrderedExecutor;

/// Accepts TCP connections for the broker: asks [Admission] first, watches how TLS ends, closes
/// what has no accepted CONNECT in time, and puts an [InboundGate] before the broker's decoders.
final class GuardedAcceptor implements AcceptorFactory {

  /// What was admitted, kept with the channel.
  static final AttributeKey<Admission.Ticket> TICKET =
      AttributeKey.valueOf(GuardedAcceptor.class, "ticket");

  /// Set on a channel that ended in its handshake because this side closed it.
  static final AttributeKey<Boolean> ENDED_HERE =
      AttributeKey.valueOf(GuardedAcceptor.class, "ended-here");

  /// Set once the peer has sent something.
  static final AttributeKey<Boolean> SPOKE = AttributeKey.valueOf(GuardedAcceptor.class, "spoke");

  private final BrokerLimits limits;
  private final LimitCounters counters;
  private final Admission admission;
  private final RateLimitedLog log;
  private final LongSupplier nanos;

  GuardedAcceptor(
      BrokerLimits limits,
      LimitCounters counters,
      Admission admission,
      RateLimitedLog log,
      LongSupplier nanos) {
    this.limits = limits;
    this.counters = counters;
    this.admission = admission;
    this.log = log;
    this.nanos = nanos;
  }

  @Override
  public Acceptor createAcceptor(
      String name,
      ClusterConnection clusterConnection,
      Map<String, Object> configuration,
      BufferHandler handler,
      ServerConnectionLifeCycleListener listener,
      Executor threadPool,
      ScheduledExecutorService scheduledThreadPool,
      @SuppressWarnings("rawtypes") Map<String, ProtocolManager> protocolMap,
      String threadFactoryGroupName,
      MetricsManager metricsManager) {
    return new NettyAcceptor(
        name,
        clusterConnection,
        configuration,
        handler,
        listener,
        scheduledThreadPool,
        new OrderedExecutor(threadPool),
        protocolMap,
        threadFactoryGroupName,
        metricsManager) {
      @Override
      public SslHandler getSslHandler(ByteBufAllocator allocator, String peerHost, int peerPort)
          throws Exception {
        return new GuardedTls(super.getSslHandler(allocator, peerHost, peerPort).engine());
      }
    };
  }

  /// Closes without TLS's farewell. On the channel's event loop.
  static void closeAtOnce(Channel channel) {
    channel.unsafe().close(channel.voidPromise());
  }

  /// The first handler of a connection that the broker lets be chosen.
  private final class GuardedTls extends SslHandler {

    GuardedTls(SSLEngine engine) {
      super(engine);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
      try {
        super.handlerAdded(ctx);
        if (!(ctx.channel().remoteAddress() instanceof InetSocketAddress peer)) {
          closeAtOnce(ctx.channel());
          return;
        }
        InetAddress address = peer.getAddress();
        Optional<Admission.Ticket> ticket = admission.admit(address, nanos.getAsLong());
        if (ticket.isPresent()) {
          guard(ctx, ticket.get(), Admission.source(address));
        } else {
          // Without TLS's farewell, which costs more than the refusal.
          closeAtOnce(ctx.channel());
        }
      } catch (Exception e) {
        // Netty would take this handler out of the pipeline, and TLS with it.
        closeAtOnce(ctx.channel());
        throw e;
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
      ctx.channel().attr(SPOKE).set(true);
      super.channelRead(ctx, message);
    }

    private void guard(ChannelHandlerContext ctx, Admission.Ticket ticket, String source) {
      Channel channel = ctx.channel();
      channel.attr(TICKET).set(ticket);
      channel.closeFuture().addListener(_ -> ticket.closed());
      ChannelPipeline pipeline = ctx.pipeline();
      pipeline.addLast(new TlsOutcome(log, counters, source, channel.remoteAddress()));
      pipeline.addLast(new InboundGate(limits, counters, nanos));
      var deadline =
          ctx.executor()
              .schedule(
                  () -> expire(channel, ticket, source), limits.connectSeconds(), TimeUnit.SECONDS);
      channel.closeFuture().addListener(_ -> deadline.cancel(false));
    }

    private void expire(Channel channel, Admission.Ticket ticket, String source) {
      if (!ticket.isFinished()) {
        counters.count(Limit.CONNECT_TIMEOUT);
        log.info(
            source,
            "closed: peer={}: no CONNECT was accepted within {} s",
            channel.remoteAddress(),
            limits.connectSeconds());
        channel.attr(ENDED_HERE).set(true);
        closeAtOnce(channel);
      }
    }
  }
}
