package io.gympulse.cloud.api.stream;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.timeout.WriteTimeoutHandler;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/// Closes a connection whose peer takes nothing for a while. A dropped client that has stopped
/// reading would never read its close frame, and its frames would stay in memory with it.
@Singleton
final class StalledWrites implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private static final int SECONDS = 15;

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    NettyServerCustomizer.Registry registry = event.getBean();
    registry.register(new PerConnection(null));
    return registry;
  }

  private record PerConnection(@org.jspecify.annotations.Nullable Channel channel)
      implements NettyServerCustomizer {
    @Override
    public NettyServerCustomizer specializeForChannel(Channel connection, ChannelRole role) {
      return new PerConnection(connection);
    }

    @Override
    public void onInitialPipelineBuilt() {
      if (channel != null) {
        channel.pipeline().addFirst(new WriteTimeoutHandler(SECONDS, TimeUnit.SECONDS));
      }
    }
  }
}
