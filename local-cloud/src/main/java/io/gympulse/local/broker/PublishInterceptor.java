package io.gympulse.local.broker;

import io.gympulse.local.broker.Broker.PublishListener;
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

/// Passes accepted publishes to the listener, and drops deliveries that the policy does not allow.
final class PublishInterceptor implements ActiveMQServerMessagePlugin {

  private static final Logger LOG = LoggerFactory.getLogger(PublishInterceptor.class);

  private final ActiveMQServer server;
  private final PolicyAuthorizer authorizer;
  private final PublishListener listener;

  PublishInterceptor(ActiveMQServer server, PolicyAuthorizer authorizer, PublishListener listener) {
    this.server = server;
    this.authorizer = authorizer;
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
      LOG.error("a publish on {} was accepted and not processed", topic, e);
    }
  }

  @Override
  public boolean canAccept(ServerConsumer consumer, MessageReference reference) {
    ServerSession session = server.getSessionByID(consumer.getSessionID());
    boolean allowed =
        session != null
            && authorizer.mayReceive(
                session.getRemotingConnection().getSubject(), reference.getMessage().getAddress());
    if (!allowed && session != null) {
      drop(reference);
    }
    return allowed;
  }

  /// Deletes a message that would block its queue. Deleting needs the queue's lock, which the
  /// caller holds, so another thread does it.
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
                LOG.warn("a message that may not be delivered stays in {}", queue.getName(), e);
              }
            });
  }
}
