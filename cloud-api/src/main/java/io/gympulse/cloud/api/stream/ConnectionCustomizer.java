package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.config.ConnectionLimits;
import io.gympulse.process.ProcessClock;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.WriteTimeoutHandler;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Adds the limits of this process to every TCP connection, for requests and streams alike.
///
/// - A connection beyond [ConnectionLimits] is closed at once.
/// - A connection on which no complete request arrives within `micronaut.server.read-idle-timeout`
///   is closed, see [RequestTimeoutHandler].
/// - A connection whose peer reads nothing for 15 seconds is closed: a dropped client that has
///   stopped reading would never read its close frame, and its pending frames would stay in memory.
/// - [ClientFrameHandler] limits what a client sends over a stream.
@Singleton
final class ConnectionCustomizer
    implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private static final int WRITE_TIMEOUT_SECONDS = 15;

  private final ConnectionQuota quota;
  private final ProcessClock clock;
  private final Duration requestTimeout;

  /// @param server has the request timeout
  ConnectionCustomizer(ApiConfiguration configuration, HttpServerConfiguration server) {
    ConnectionLimits limits = configuration.admission().limits();
    this.quota = new ConnectionQuota(limits.connections(), limits.connectionsPerSource());
    this.clock = configuration.clock();
    this.requestTimeout = server.getReadIdleTimeout();
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    NettyServerCustomizer.Registry registry = event.getBean();
    registry.register(new PerConnection(quota, clock, requestTimeout, null));
    return registry;
  }

  private record PerConnection(
      ConnectionQuota quota, ProcessClock clock, Duration requestTimeout, @Nullable Channel channel)
      implements NettyServerCustomizer {
    @Override
    public NettyServerCustomizer specializeForChannel(Channel connection, ChannelRole role) {
      return role == ChannelRole.CONNECTION
          ? new PerConnection(quota, clock, requestTimeout, connection)
          : this;
    }

    @Override
    public void onInitialPipelineBuilt() {
      if (channel == null) {
        return;
      }
      if (channel.remoteAddress() instanceof InetSocketAddress peer) {
        switch (quota.acquire(peer.getAddress())) {
          case ConnectionQuota.Acquired(var release) ->
              channel.closeFuture().addListener((ChannelFutureListener) _ -> release.run());
          case ConnectionQuota.Exhausted _ -> {
            var _ = channel.close();
            return;
          }
        }
      }
      ChannelPipeline pipeline = channel.pipeline();
      pipeline.addFirst(new WriteTimeoutHandler(WRITE_TIMEOUT_SECONDS, TimeUnit.SECONDS));
      String codec = pipeline.context(HttpServerCodec.class).name();
      pipeline.addAfter(codec, "client-frames", new ClientFrameHandler(clock::nanos));
      pipeline.addAfter(codec, "request-timeout", new RequestTimeoutHandler(requestTimeout));
    }
  }
}
