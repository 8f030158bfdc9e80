package io.gympulse.local.broker;

import static io.gympulse.contract.topic.Topics.MAX_PAYLOAD_BYTES;

import io.gympulse.local.broker.LimitCounters.Limit;
import io.gympulse.local.broker.MqttLimits.Violation;
import io.gympulse.local.pki.Fingerprint;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.ReferenceCountUtil;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTConnection;
import org.apache.activemq.artemis.utils.CertificateUtil;
import org.jspecify.annotations.Nullable;

/// Enforces [BrokerLimits] between the decoder and the broker on one connection. A packet over a
/// limit is answered as by AWS IoT Core and does not reach the broker, so that it leaves no
/// address, no queue and no unbounded log. Packets that a client sends before its CONNECT is
/// answered wait for the answer, and are dropped if the CONNECT is refused.
///
/// For the channel's event loop; `disconnect`, `device` and `subscriptions` are thread-safe.
final class PacketGuard extends ChannelDuplexHandler {

  private static final int CLOSE_TIMEOUT_SECONDS = 1;

  private final PacketGuards shared;
  private final MQTTConnection connection;
  private final InboundThrottle throttle;
  private final PublishGuard publishes;
  private final PublishWindow window;
  private final Subscriptions subscriptions;
  private final Deque<MqttMessage> beforeConnAck = new ArrayDeque<>();

  /// The connection with the same client id when this one's CONNECT arrived.
  private Optional<PacketGuard> predecessor = Optional.empty();

  private boolean connecting;
  private boolean version5;
  private boolean closed;
  private int unacknowledgedDeliveries;
  private volatile @Nullable ChannelHandlerContext context;
  private volatile Optional<DevicePrincipal> device = Optional.empty();

  PacketGuard(PacketGuards shared, MQTTConnection connection, InboundThrottle throttle) {
    this.shared = shared;
    this.connection = connection;
    this.throttle = throttle;
    this.publishes = new PublishGuard(shared);
    this.window = new PublishWindow(shared.limits().maxInFlight(), throttle);
    this.subscriptions = new Subscriptions(shared.limits().subscriptions());
  }

  /// The connected device; empty until the CONNECT is accepted.
  Optional<DevicePrincipal> device() {
    return device;
  }

  int subscriptions() {
    return subscriptions.count();
  }

  /// Closes the connection; an MQTT 5 client receives the reason code.
  void disconnect(Violation violation, String reason) {
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      ctx.executor().execute(() -> close(ctx, violation, reason));
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object read) {
    if (!(read instanceof MqttMessage message) || closed) {
      ReferenceCountUtil.release(read);
      return;
    }
    if (message.decoderResult().isFailure()) {
      ctx.fireChannelRead(message);
      return;
    }
    device.ifPresent(it -> shared.clients().recordContact(it, true));
    if (!connecting && !(message instanceof MqttConnectMessage)) {
      close(ctx, message, Violation.PROTOCOL);
      return;
    }
    if (device.isEmpty() && !(message instanceof MqttConnectMessage)) {
      deferUntilConnAck(ctx, message);
      return;
    }
    switch (message) {
      case MqttConnectMessage connect -> connect(ctx, connect);
      case MqttPublishMessage publish -> publish(ctx, publish);
      case MqttSubscribeMessage subscribe -> subscribe(ctx, subscribe);
      case MqttUnsubscribeMessage unsubscribe -> {
        throttle.charge(unsubscribe.payload().topics().size());
        subscriptions.remove(unsubscribe.payload().topics());
        ctx.fireChannelRead(unsubscribe);
      }
      default -> other(ctx, message);
    }
  }

  private void connect(ChannelHandlerContext ctx, MqttConnectMessage connect) {
    if (connecting) {
      close(ctx, connect, Violation.PROTOCOL);
      return;
    }
    connecting = true;
    version5 = connect.variableHeader().version() == MqttVersion.MQTT_5.protocolLevel();
    Optional<Violation> violation = MqttLimits.ofConnect(connect);
    if (violation.isPresent()) {
      close(ctx, connect, violation.get());
      return;
    }
    X509Certificate[] chain = CertificateUtil.getCertsFromConnection(connection);
    boolean hasCertificate = chain != null && chain.length > 0;
    // By fingerprint: a replaced certificate and its replacement have the same subject.
    String certificate = hasCertificate ? Fingerprint.of(chain[0]) : "";
    if (!shared.clients().mayConnect(certificate, shared.now())) {
      shared.counters().count(Limit.CONNECTS_OF_CLIENT);
      shared
          .log()
          .info(
              certificate,
              "refused: subject={} certificate={} connects too often, from {}",
              hasCertificate ? chain[0].getSubjectX500Principal().getName() : "",
              certificate,
              peer());
      refuseConnect(ctx, connect);
      return;
    }
    predecessor = shared.clients().of(connect.payload().clientIdentifier());
    throttle.setAwaitingConnAck(true);
    ctx.fireChannelRead(connect);
  }

  /// The throttle passes nothing after the CONNECT but the rest of the chunk that contained it.
  private void deferUntilConnAck(ChannelHandlerContext ctx, MqttMessage message) {
    int max = shared.limits().maxInFlight();
    if (beforeConnAck.size() < max) {
      beforeConnAck.add(message);
      return;
    }
    ReferenceCountUtil.release(message);
    shared.counters().count(Limit.MESSAGE);
    close(
        ctx,
        Violation.PROTOCOL,
        "more than %d packets came before the CONNECT was answered".formatted(max));
  }

  private void releaseDeferred() {
    beforeConnAck.forEach(ReferenceCountUtil::release);
    beforeConnAck.clear();
  }

  private void refuseConnect(ChannelHandlerContext ctx, MqttConnectMessage connect) {
    ReferenceCountUtil.release(connect);
    MqttConnectReturnCode code =
        version5
            ? MqttConnectReturnCode.CONNECTION_REFUSED_QUOTA_EXCEEDED
            : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE;
    sendAndClose(ctx, MqttMessageBuilders.connAck().returnCode(code).build());
  }

  private void publish(ChannelHandlerContext ctx, MqttPublishMessage publish) {
    switch (publishes.check(publish, device.orElseThrow(), version5)) {
      case PublishGuard.Result.Accept _ -> ctx.fireChannelRead(window.add(publish, ctx.executor()));
      case PublishGuard.Result.Discard(byte reasonCode) -> discard(ctx, publish, reasonCode);
      case PublishGuard.Result.Close(Violation violation) -> close(ctx, publish, violation);
      case PublishGuard.Result.Oversized(String topic) -> {
        reportOversized(topic, publish);
        close(ctx, publish, Violation.PAYLOAD_TOO_LARGE);
      }
    }
  }

  /// Answers a QoS 1 publish of an MQTT 5 client; there is no negative answer otherwise.
  private void discard(ChannelHandlerContext ctx, MqttPublishMessage publish, byte reasonCode) {
    throttle.charge(1);
    int packetId = publish.variableHeader().packetId();
    boolean answered = version5 && publish.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE;
    publish.release();
    if (answered) {
      var _ =
          ctx.writeAndFlush(
              MqttMessageBuilders.pubAck().packetId(packetId).reasonCode(reasonCode).build());
    }
  }

  private void reportOversized(String topic, MqttPublishMessage publish) {
    byte[] head = new byte[MAX_PAYLOAD_BYTES + 1];
    publish.payload().getBytes(publish.payload().readerIndex(), head);
    shared.executor().execute(() -> shared.listener().oversized(topic, head));
  }

  private void subscribe(ChannelHandlerContext ctx, MqttSubscribeMessage subscribe) {
    List<MqttTopicSubscription> requested = subscribe.payload().topicSubscriptions();
    throttle.charge(requested.size());
    Optional<Violation> violation = MqttLimits.ofSubscriptions(requested);
    if (violation.isPresent()) {
      close(ctx, subscribe, violation.get());
      return;
    }
    int packetId = subscribe.variableHeader().messageId();
    if (subscriptions.add(packetId, requested.stream().map(it -> it.topicFilter()).toList())) {
      ctx.fireChannelRead(subscribe);
      return;
    }
    shared.counters().count(Limit.SUBSCRIPTIONS);
    shared
        .log()
        .info(
            name(),
            "refused: thing={} has {} subscriptions, {} more would be over the limit",
            name(),
            subscriptions.count(),
            requested.size());
    var _ = ctx.writeAndFlush(Subscriptions.refusal(packetId, requested.size(), version5));
  }

  private void other(ChannelHandlerContext ctx, MqttMessage message) {
    switch (message.fixedHeader().messageType()) {
      case PUBACK -> {
        if (unacknowledgedDeliveries > 0) {
          unacknowledgedDeliveries--;
          ctx.fireChannelRead(message);
        } else {
          throttle.charge(1);
        }
      }
      case PINGREQ -> {
        throttle.charge(1);
        ctx.fireChannelRead(message);
      }
      case DISCONNECT -> ctx.fireChannelRead(message);
      case PUBREC, PUBREL, PUBCOMP -> close(ctx, message, Violation.QOS_2);
      default -> close(ctx, message, Violation.PROTOCOL);
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object written, ChannelPromise promise)
      throws Exception {
    switch (written) {
      case MqttConnAckMessage connAck when !closed -> {
        handleConnAck(ctx, connAck);
        super.write(ctx, connAck, promise);
        processDeferred(ctx);
        return;
      }
      case MqttPublishMessage delivery when delivery.fixedHeader().qosLevel().value() > 0 ->
          unacknowledgedDeliveries++;
      case MqttSubAckMessage subAck ->
          subscriptions.acknowledged(
              subAck.variableHeader().messageId(), subAck.payload().reasonCodes());
      default -> {}
    }
    super.write(ctx, written, promise);
  }

  private void handleConnAck(ChannelHandlerContext ctx, MqttConnAckMessage connAck) {
    if (connAck.variableHeader().connectReturnCode() != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
      shared.counters().count(Limit.AUTHENTICATION);
      releaseDeferred();
      return;
    }
    Optional<DevicePrincipal> connected = PolicyAuthorizer.device(connection.getSubject());
    if (connected.isEmpty()) {
      return;
    }
    device = connected;
    MqttProperties properties = connAck.variableHeader().properties();
    if (version5 && properties != MqttProperties.NO_PROPERTIES) {
      properties.add(new MqttProperties.IntegerProperty(MqttProperties.MAXIMUM_QOS, 1));
      properties.add(
          new MqttProperties.IntegerProperty(
              MqttProperties.RECEIVE_MAXIMUM, shared.limits().maxInFlight()));
    }
    AdmissionControl.Ticket ticket = ctx.channel().attr(GuardedAcceptorFactory.TICKET).get();
    if (ticket != null) {
      ticket.connected();
    }
    if (connAck.variableHeader().isSessionPresent()) {
      subscriptions.resume(shared.sessionFilters().apply(connected.get().clientId()));
    }
    predecessor.ifPresent(it -> countTakeOver(connected.get(), it));
    predecessor = Optional.empty();
    shared.clients().add(connected.get(), this);
  }

  /// Called after the CONNACK is written, which has to be the first packet to the client.
  private void processDeferred(ChannelHandlerContext ctx) {
    if (device.isEmpty() || closed) {
      return;
    }
    while (!beforeConnAck.isEmpty()) {
      channelRead(ctx, beforeConnAck.remove());
    }
    throttle.setAwaitingConnAck(false);
  }

  private void countTakeOver(DevicePrincipal connected, PacketGuard earlier) {
    shared.counters().count(Limit.TAKEN_OVER);
    shared
        .log()
        .info(
            connected.clientId(),
            "taken over: client={}: the connection from {} ended the one from {}; two clients use"
                + " this id, or the earlier one lost its network",
            connected.clientId(),
            peer(),
            earlier.peer());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closed = true;
    releaseDeferred();
    device.ifPresent(it -> shared.clients().remove(it, this));
    ctx.fireChannelInactive();
  }

  private void close(ChannelHandlerContext ctx, MqttMessage message, Violation violation) {
    ReferenceCountUtil.release(message);
    shared.counters().count(Limit.MESSAGE);
    close(ctx, violation, violation.text());
  }

  private void close(ChannelHandlerContext ctx, Violation violation, String reason) {
    if (closed) {
      return;
    }
    shared.log().info(name(), "closed: client={} peer={}: {}", name(), peer(), reason);
    if (version5 && device.isPresent()) {
      sendAndClose(
          ctx, MqttMessageBuilders.disconnect().reasonCode(violation.reasonCode()).build());
    } else {
      closed = true;
      releaseDeferred();
      throttle.stop();
      var _ = ctx.close();
    }
  }

  private void sendAndClose(ChannelHandlerContext ctx, MqttMessage last) {
    closed = true;
    releaseDeferred();
    throttle.stop();
    ctx.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
    // The write does not complete if the peer does not read.
    var _ =
        ctx.executor()
            .schedule(
                () -> GuardedAcceptorFactory.closeNow(ctx.channel()),
                CLOSE_TIMEOUT_SECONDS,
                TimeUnit.SECONDS);
  }

  private String name() {
    return device.map(DevicePrincipal::clientId).orElseGet(this::peer);
  }

  private String peer() {
    ChannelHandlerContext ctx = context;
    return ctx == null ? "nowhere" : String.valueOf(ctx.channel().remoteAddress());
  }
}
