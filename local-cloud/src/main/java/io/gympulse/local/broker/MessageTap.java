package io.gympulse.local.broker;

import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.postoffice.RoutingStatus;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees accepted publishes on their way in and asks the gatekeeper on their way out.
final class MessageTap implements ActiveMQServerMessagePlugin {

  private static final Logger LOG = LoggerFactory.getLogger(MessageTap.class);

  private final ActiveMQServer server;
  private final Gatekeeper gatekeeper;
  private final PublishListener listener;

  MessageTap(ActiveMQServer server, Gatekeeper gatekeeper, PublishListener listener) {
    this.server = server;
    this.gatekeeper = gatekeeper;
    this.listener = listener;
  }

  @Override
  public void afterSend(
      ServerSession session,
      Transaction tx,
      Message message,
      boolean direct,
      boolean noAutoCreateQueue,
      RoutingStatus result) {
    WildcardConfiguration wildcards = server.getConfiguration().getWildcardConfiguration();
    String topic = MQTTUtil.getMqttTopicFromCoreAddress(message.getAddress(), wildcards);
    ActiveMQBuffer body = message.toCore().getReadOnlyBodyBuffer();
    byte[] payload = new byte[body.readableBytes()];
    body.readBytes(payload);
    try {
      listener.published(topic, payload);
    } catch (RuntimeException e) {
      LOG.error("a publish on {} was accepted and not worked on", topic, e);
    }
  }

  @Override
  public boolean canAccept(ServerConsumer consumer, MessageReference reference) {
    ServerSession session = server.getSessionByID(consumer.getSessionID());
    boolean allowed =
        session != null
            && gatekeeper.mayReceive(
                session.getRemotingConnection().getSubject(), reference.getMessage().getAddress());
    if (!allowed && session != null) {
      drop(reference);
    }
    return allowed;
  }

  /// A message that nobody may take would block its queue. Deleting needs the queue's lock, which
  /// the caller holds, so it is done elsewhere.
  private void drop(MessageReference reference) {
    long id = reference.getMessageID();
    var queue = reference.getQueue();
    server
        .getThreadPool()
        .execute(
            () -> {
              try {
                queue.deleteReference(id);
              } catch (Exception e) {
                LOG.warn("a message that may not be received stays in {}", queue.getName(), e);
              }
            });
  }
}
