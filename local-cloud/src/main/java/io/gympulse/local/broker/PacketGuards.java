package io.gympulse.local.broker;

import io.gympulse.local.broker.Broker.PublishListener;
import io.gympulse.process.RateLimitedLog;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTConnection;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolHandler;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnection;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerConnectionPlugin;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/// Installs a [PacketGuard] before the broker's handler of every new connection, with the
/// dependencies that the guards share. A connection without one is closed.
///
/// @param sessionFilters the topic filters of a client id's existing session
/// @param executor runs the listener outside of the connections' event loops
/// @param nanos monotonic time
record PacketGuards(
    BrokerLimits limits,
    LimitCounters counters,
    RateLimitedLog log,
    PolicyAuthorizer authorizer,
    ConnectedClients clients,
    PublishListener listener,
    Function<String, List<String>> sessionFilters,
    Executor executor,
    LongSupplier nanos)
    implements ActiveMQServerConnectionPlugin {

  long now() {
    return nanos.getAsLong();
  }

  @Override
  public void afterCreateConnection(RemotingConnection connection) {
    if (!(connection instanceof MQTTConnection mqtt)
        || !(mqtt.getTransportConnection() instanceof NettyConnection netty)) {
      connection.destroy();
      return;
    }
    ChannelPipeline pipeline = netty.getNettyChannel().pipeline();
    ChannelHandlerContext handler = pipeline.context(MQTTProtocolHandler.class);
    InboundThrottle throttle = pipeline.get(InboundThrottle.class);
    if (handler == null || throttle == null) {
      var _ = netty.getNettyChannel().close();
      return;
    }
    pipeline.addBefore(handler.name(), null, new PacketGuard(this, mqtt, throttle));
  }
}
