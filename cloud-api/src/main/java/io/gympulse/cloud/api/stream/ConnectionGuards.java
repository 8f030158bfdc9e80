package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.setting.ApiConfiguration;
import io.gympulse.cloud.api.setting.ConnectionLimits;
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

/// What every TCP connection to this process is held to, requests and streams alike.
///
/// - Beyond [ConnectionLimits] a new connection is
///   closed at once.
/// - A request that has not arrived whole after `micronaut.server.read-idle-timeout` ends its
///   connection, see [RequestDeadline].
/// - A peer that takes nothing for 15 seconds is closed: a dropped client that has stopped reading
///   would never read its close frame, and its frames would stay in memory with it.
/// - [ClientFrames] bounds what a client sends over a stream.
@Singleton
final class ConnectionGuards implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private static final int STALLED_SECONDS = 15;

  private final SourceQuota quota;
  private final ProcessClock clock;
  private final Duration patience;

  /// @param server says how long a request may take to arrive
  ConnectionGuards(ApiConfiguration configuration, HttpServerConfiguration server) {
    ConnectionLimits limits = configuration.admission().limits();
    this.quota = new SourceQuota(limits.connections(), limits.connectionsPerSource());
    this.clock = configuration.clock();
    this.patience = server.getReadIdleTimeout();
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    NettyServerCustomizer.Registry registry = event.getBean();
    registry.register(new PerConnection(quota, clock, patience, null));
    return registry;
  }

  private record PerConnection(
      SourceQuota quota, ProcessClock clock, Duration patience, @Nullable Channel channel)
      implements NettyServerCustomizer {
    @Override
    public NettyServerCustomizer specializeForChannel(Channel connection, ChannelRole role) {
      return role == ChannelRole.CONNECTION
          ? new PerConnection(quota, clock, patience, connection)
          : this;
    }

    @Override
    public void onInitialPipelineBuilt() {
      if (channel == null) {
        return;
      }
      if (channel.remoteAddress() instanceof InetSocketAddress peer) {
        switch (quota.take(peer.getAddress())) {
          case SourceQuota.Taken(var giveBack) ->
              channel.closeFuture().addListener((ChannelFutureListener) _ -> giveBack.run());
          case SourceQuota.Full _ -> {
            var _ = channel.close();
            return;
          }
        }
      }
      ChannelPipeline pipeline = channel.pipeline();
      pipeline.addFirst(new WriteTimeoutHandler(STALLED_SECONDS, TimeUnit.SECONDS));
      String codec = pipeline.context(HttpServerCodec.class).name();
      pipeline.addAfter(codec, "client-frames", new ClientFrames(clock::nanos));
      pipeline.addAfter(codec, "request-deadline", new RequestDeadline(patience));
    }
  }
}
