package io.gympulse.local.broker;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTConnection;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolHandler;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnection;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerConnectionPlugin;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/// Puts a [PacketGuard] before the broker's handler of every new connection. A connection that gets
/// none is closed.
final class GuardedConnections implements ActiveMQServerConnectionPlugin {

  private final GuardSettings settings;

  GuardedConnections(GuardSettings settings) {
    this.settings = settings;
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
    InboundGate gate = pipeline.get(InboundGate.class);
    if (handler == null || gate == null) {
      var _ = netty.getNettyChannel().close();
      return;
    }
    pipeline.addBefore(handler.name(), null, new PacketGuard(settings, mqtt, gate));
  }
}
