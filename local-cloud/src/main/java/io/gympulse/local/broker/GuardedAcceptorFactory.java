package io.gympulse.local.broker;

import io.gympulse.local.broker.LimitCounters.Limit;
import io.gympulse.process.RateLimitedLog;
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

/// Accepts TCP connections for the broker if [AdmissionControl] admits them, closes those without
/// an accepted CONNECT in time, and installs a [TlsFailureHandler] and an [InboundThrottle] before
/// the broker's decoders.
final class GuardedAcceptorFactory implements AcceptorFactory {

  /// The channel's admission.
  static final AttributeKey<AdmissionControl.Ticket> TICKET =
      AttributeKey.valueOf(GuardedAcceptorFactory.class, "ticket");

  /// Set on a channel that this side closed during the TLS handshake.
  static final AttributeKey<Boolean> CLOSED_BY_SERVER =
      AttributeKey.valueOf(GuardedAcceptorFactory.class, "closed-by-server");

  /// Set when the peer has sent any data.
  static final AttributeKey<Boolean> RECEIVED_DATA =
      AttributeKey.valueOf(GuardedAcceptorFactory.class, "received-data");

  private final BrokerLimits limits;
  private final LimitCounters counters;
  private final AdmissionControl admission;
  private final RateLimitedLog log;
  private final LongSupplier nanos;

  GuardedAcceptorFactory(
      BrokerLimits limits,
      LimitCounters counters,
      AdmissionControl admission,
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

  /// Closes without TLS's close_notify. For the channel's event loop.
  static void closeNow(Channel channel) {
    channel.unsafe().close(channel.voidPromise());
  }

  /// The only handler of a new connection that Artemis lets a subclass provide.
  private final class GuardedTls extends SslHandler {

    GuardedTls(SSLEngine engine) {
      super(engine);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
      try {
        super.handlerAdded(ctx);
        if (!(ctx.channel().remoteAddress() instanceof InetSocketAddress peer)) {
          closeNow(ctx.channel());
          return;
        }
        InetAddress address = peer.getAddress();
        Optional<AdmissionControl.Ticket> ticket = admission.admit(address, nanos.getAsLong());
        if (ticket.isPresent()) {
          guard(ctx, ticket.get(), AdmissionControl.source(address));
        } else {
          // Without close_notify, which costs more than the refusal.
          closeNow(ctx.channel());
        }
      } catch (Exception e) {
        // Netty would remove this handler, and TLS with it, from the pipeline.
        closeNow(ctx.channel());
        throw e;
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
      ctx.channel().attr(RECEIVED_DATA).set(true);
      super.channelRead(ctx, message);
    }

    private void guard(ChannelHandlerContext ctx, AdmissionControl.Ticket ticket, String source) {
      Channel channel = ctx.channel();
      channel.attr(TICKET).set(ticket);
      channel.closeFuture().addListener(_ -> ticket.closed());
      ChannelPipeline pipeline = ctx.pipeline();
      pipeline.addLast(new TlsFailureHandler(log, counters, source, channel.remoteAddress()));
      pipeline.addLast(new InboundThrottle(limits, counters, nanos));
      var deadline =
          ctx.executor()
              .schedule(
                  () -> expire(channel, ticket, source),
                  limits.connectTimeoutSeconds(),
                  TimeUnit.SECONDS);
      channel.closeFuture().addListener(_ -> deadline.cancel(false));
    }

    private void expire(Channel channel, AdmissionControl.Ticket ticket, String source) {
      if (!ticket.isConnected()) {
        counters.count(Limit.CONNECT_TIMEOUT);
        log.info(
            source,
            "closed: peer={}: no CONNECT was accepted within {} s",
            channel.remoteAddress(),
            limits.connectTimeoutSeconds());
        channel.attr(CLOSED_BY_SERVER).set(true);
        closeNow(channel);
      }
    }
  }
}
