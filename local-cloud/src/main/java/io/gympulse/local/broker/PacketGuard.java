package io.gympulse.local.broker;

import static io.gympulse.contract.topic.IotCoreLimits.MAX_PAYLOAD_BYTES;

import io.gympulse.local.broker.LimitCounters.Limit;
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
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.ReferenceCountUtil;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTConnection;
import org.apache.activemq.artemis.utils.CertificateUtil;
import org.jspecify.annotations.Nullable;

/// Stands between the decoder and the broker on one connection and keeps [BrokerLimits] there: what
/// is over a limit is answered as AWS IoT Core answers it and never reaches the broker, so that it
/// leaves no address, no queue and no unbounded log. What a client sends right behind its CONNECT
/// waits until that is answered, and is dropped with a CONNECT that is refused.
///
/// Belongs to the channel's event loop; `disconnect`, `device` and `subscriptions` may be called
/// from anywhere.
final class PacketGuard extends ChannelDuplexHandler {

  private static final int FAREWELL_SECONDS = 1;

  private final GuardSettings common;
  private final MQTTConnection connection;
  private final InboundGate gate;
  private final Allowance publishes;
  private final Subscriptions subscriptions;
  private final TopicAliases aliases = new TopicAliases();
  private final Deque<MqttMessage> behindConnect = new ArrayDeque<>();
  private Optional<PacketGuard> before = Optional.empty();
  private boolean connecting;
  private boolean version5;
  private boolean closed;
  private int unworked;
  private int unacknowledged;
  private volatile @Nullable ChannelHandlerContext context;
  private volatile Optional<ConnectedDevice> device = Optional.empty();

  PacketGuard(GuardSettings common, MQTTConnection connection, InboundGate gate) {
    this.common = common;
    this.connection = connection;
    this.gate = gate;
    BrokerLimits limits = common.limits();
    this.publishes =
        new Allowance(limits.publishesPerSecond(), limits.publishBurst(), common.now());
    this.subscriptions = new Subscriptions(limits.subscriptions());
  }

  /// Who is connected; empty until the CONNECT is accepted.
  Optional<ConnectedDevice> device() {
    return device;
  }

  int subscriptions() {
    return subscriptions.count();
  }

  /// Ends the connection, telling an MQTT 5 client the reason code.
  void disconnect(Limits.Breach breach, String why) {
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      ctx.executor().execute(() -> end(ctx, breach, why));
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
    device.ifPresent(it -> common.clients().touched(it, true));
    if (!connecting && !(message instanceof MqttConnectMessage)) {
      breach(ctx, message, Limits.Breach.PROTOCOL);
      return;
    }
    if (device.isEmpty() && !(message instanceof MqttConnectMessage)) {
      keep(ctx, message);
      return;
    }
    switch (message) {
      case MqttConnectMessage connect -> connect(ctx, connect);
      case MqttPublishMessage publish -> publish(ctx, publish);
      case MqttSubscribeMessage subscribe -> subscribe(ctx, subscribe);
      case MqttUnsubscribeMessage unsubscribe -> {
        gate.charge(unsubscribe.payload().topics().size());
        subscriptions.removed(unsubscribe.payload().topics());
        ctx.fireChannelRead(unsubscribe);
      }
      default -> other(ctx, message);
    }
  }

  private void connect(ChannelHandlerContext ctx, MqttConnectMessage connect) {
    if (connecting) {
      breach(ctx, connect, Limits.Breach.PROTOCOL);
      return;
    }
    connecting = true;
    version5 = connect.variableHeader().version() == MqttVersion.MQTT_5.protocolLevel();
    Optional<Limits.Breach> breach = Limits.ofConnect(connect);
    if (breach.isPresent()) {
      breach(ctx, connect, breach.get());
      return;
    }
    X509Certificate[] chain = CertificateUtil.getCertsFromConnection(connection);
    boolean certified = chain != null && chain.length > 0;
    // Several certificates may have one subject: a replaced one and the one in its place.
    String certificate = certified ? Fingerprint.of(chain[0]) : "";
    if (!common.clients().mayTry(certificate, common.now())) {
      common.counters().count(Limit.CONNECTS_OF_CLIENT);
      common
          .log()
          .info(
              certificate,
              "refused: subject={} certificate={} connects too often, from {}",
              certified ? chain[0].getSubjectX500Principal().getName() : "",
              certificate,
              peer());
      refuseConnect(ctx, connect);
      return;
    }
    before = common.clients().of(connect.payload().clientIdentifier());
    gate.hold(true);
    ctx.fireChannelRead(connect);
  }

  /// The gate hands on nothing after the CONNECT but the rest of the piece that it ended in.
  private void keep(ChannelHandlerContext ctx, MqttMessage message) {
    if (behindConnect.size() < common.limits().unacknowledged()) {
      behindConnect.add(message);
      return;
    }
    ReferenceCountUtil.release(message);
    common.counters().count(Limit.MESSAGE);
    end(
        ctx,
        Limits.Breach.PROTOCOL,
        "more than %d packets came before the CONNECT was answered"
            .formatted(common.limits().unacknowledged()));
  }

  private void dropBehindConnect() {
    behindConnect.forEach(ReferenceCountUtil::release);
    behindConnect.clear();
  }

  private void refuseConnect(ChannelHandlerContext ctx, MqttConnectMessage connect) {
    ReferenceCountUtil.release(connect);
    MqttConnectReturnCode code =
        version5
            ? MqttConnectReturnCode.CONNECTION_REFUSED_QUOTA_EXCEEDED
            : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE;
    farewell(ctx, MqttMessageBuilders.connAck().returnCode(code).build());
  }

  private void publish(ChannelHandlerContext ctx, MqttPublishMessage publish) {
    Optional<String> topic = aliases.topicOf(publish);
    int qos = publish.fixedHeader().qosLevel().value();
    int bytes = publish.payload().readableBytes();
    if (topic.isEmpty()) {
      breach(ctx, publish, Limits.Breach.TOPIC_ALIAS);
      return;
    }
    Optional<Limits.Breach> breach = Limits.ofPublish(topic.get(), qos, bytes);
    if (breach.isPresent()) {
      if (breach.get() == Limits.Breach.PAYLOAD_TOO_LARGE && mayPublish(topic.get())) {
        cutOff(topic.get(), publish);
      }
      breach(ctx, publish, breach.get());
    } else if (!publishes.take(1, common.now())) {
      common.counters().count(Limit.PUBLISH_RATE);
      common.log().info(name(), "discarded: thing={} publishes too fast", name());
      refuse(ctx, publish, MqttReason.QUOTA_EXCEEDED);
    } else if (publish.fixedHeader().isRetain() || !mayPublish(topic.get())) {
      common.counters().count(Limit.PUBLISH_POLICY);
      common
          .log()
          .info(
              name(),
              "refused: thing={} may not publish to topic={} retain={}",
              name(),
              topic.get(),
              publish.fixedHeader().isRetain());
      if (version5) {
        refuse(ctx, publish, MqttReason.NOT_AUTHORIZED);
      } else {
        breach(ctx, publish, Limits.Breach.NOT_AUTHORIZED);
      }
    } else {
      handOn(ctx, publish);
    }
  }

  private boolean mayPublish(String topic) {
    return device.filter(it -> common.gatekeeper().mayPublish(it, topic)).isPresent();
  }

  private void handOn(ChannelHandlerContext ctx, MqttPublishMessage publish) {
    unworked++;
    gate.full(unworked >= common.limits().unacknowledged());
    MqttPublishMessage tracked =
        publish.replace(
            TrackedPayload.copyOf(
                publish.payload(), () -> ctx.executor().execute(this::workedOnOne)));
    publish.release();
    ctx.fireChannelRead(tracked);
  }

  private void workedOnOne() {
    unworked--;
    gate.full(unworked >= common.limits().unacknowledged());
  }

  /// MQTT 3.1.1 has no answer but silence; QoS 0 has none in either version.
  private void refuse(ChannelHandlerContext ctx, MqttPublishMessage publish, byte reason) {
    gate.charge(1);
    int packetId = publish.variableHeader().packetId();
    boolean answered = version5 && publish.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE;
    publish.release();
    if (answered) {
      var _ =
          ctx.writeAndFlush(
              MqttMessageBuilders.pubAck().packetId(packetId).reasonCode(reason).build());
    }
  }

  private void subscribe(ChannelHandlerContext ctx, MqttSubscribeMessage subscribe) {
    var wanted = subscribe.payload().topicSubscriptions();
    gate.charge(wanted.size());
    Optional<Limits.Breach> breach = Limits.ofSubscriptions(wanted);
    if (breach.isPresent()) {
      breach(ctx, subscribe, breach.get());
      return;
    }
    int packetId = subscribe.variableHeader().messageId();
    if (subscriptions.add(packetId, wanted.stream().map(it -> it.topicFilter()).toList())) {
      ctx.fireChannelRead(subscribe);
      return;
    }
    common.counters().count(Limit.SUBSCRIPTIONS);
    common
        .log()
        .info(
            name(),
            "refused: thing={} has {} subscriptions, {} more would be over the limit",
            name(),
            subscriptions.count(),
            wanted.size());
    MqttQoS none = MqttQoS.FAILURE;
    var answer = MqttMessageBuilders.subAck().packetId(packetId);
    wanted.forEach(_ -> answer.addGrantedQos(none));
    var _ =
        ctx.writeAndFlush(
            version5 ? MqttReason.quotaExceeded(packetId, wanted.size()) : answer.build());
  }

  private void other(ChannelHandlerContext ctx, MqttMessage message) {
    switch (message.fixedHeader().messageType()) {
      case PUBACK -> {
        if (unacknowledged > 0) {
          unacknowledged--;
          ctx.fireChannelRead(message);
        } else {
          gate.charge(1);
        }
      }
      case PINGREQ -> {
        gate.charge(1);
        ctx.fireChannelRead(message);
      }
      case DISCONNECT -> ctx.fireChannelRead(message);
      case PUBREC, PUBREL, PUBCOMP -> breach(ctx, message, Limits.Breach.QOS_2);
      default -> breach(ctx, message, Limits.Breach.PROTOCOL);
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object written, ChannelPromise promise)
      throws Exception {
    switch (written) {
      case MqttConnAckMessage answer when !closed -> {
        answered(ctx, answer);
        super.write(ctx, answer, promise);
        handOnBehindConnect(ctx);
        return;
      }
      case MqttPublishMessage delivery when delivery.fixedHeader().qosLevel().value() > 0 ->
          unacknowledged++;
      case MqttSubAckMessage answer ->
          subscriptions.answered(
              answer.variableHeader().messageId(), answer.payload().reasonCodes());
      default -> {}
    }
    super.write(ctx, written, promise);
  }

  private void answered(ChannelHandlerContext ctx, MqttConnAckMessage answer) {
    if (answer.variableHeader().connectReturnCode() != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
      common.counters().count(Limit.AUTHENTICATION);
      dropBehindConnect();
      return;
    }
    Optional<ConnectedDevice> connected = Gatekeeper.device(connection.getSubject());
    if (connected.isEmpty()) {
      return;
    }
    device = connected;
    MqttProperties properties = answer.variableHeader().properties();
    if (version5 && properties != MqttProperties.NO_PROPERTIES) {
      properties.add(new MqttProperties.IntegerProperty(MqttProperties.MAXIMUM_QOS, 1));
      properties.add(
          new MqttProperties.IntegerProperty(
              MqttProperties.RECEIVE_MAXIMUM, common.limits().unacknowledged()));
    }
    Admission.Ticket ticket = ctx.channel().attr(GuardedAcceptor.TICKET).get();
    if (ticket != null) {
      ticket.finished();
    }
    if (answer.variableHeader().isSessionPresent()) {
      subscriptions.continued(common.sessionFilters().apply(connected.get().clientId()));
    }
    before.ifPresent(it -> tookOver(connected.get(), it));
    before = Optional.empty();
    common.clients().connected(connected.get(), this);
  }

  /// Only when the answer to the CONNECT is on its way, which comes before any other.
  private void handOnBehindConnect(ChannelHandlerContext ctx) {
    if (device.isEmpty() || closed) {
      return;
    }
    while (!behindConnect.isEmpty()) {
      channelRead(ctx, behindConnect.remove());
    }
    gate.hold(false);
  }

  private void tookOver(ConnectedDevice connected, PacketGuard earlier) {
    common.counters().count(Limit.TAKEN_OVER);
    common
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
    dropBehindConnect();
    device.ifPresent(it -> common.clients().gone(it, this));
    ctx.fireChannelInactive();
  }

  private void cutOff(String topic, MqttPublishMessage publish) {
    byte[] head = new byte[MAX_PAYLOAD_BYTES + 1];
    publish.payload().getBytes(publish.payload().readerIndex(), head);
    common.executor().execute(() -> common.listener().cutOff(topic, head));
  }

  private void breach(ChannelHandlerContext ctx, MqttMessage message, Limits.Breach breach) {
    ReferenceCountUtil.release(message);
    common.counters().count(Limit.MESSAGE);
    end(ctx, breach, breach.text());
  }

  private void end(ChannelHandlerContext ctx, Limits.Breach breach, String why) {
    if (closed) {
      return;
    }
    common.log().info(name(), "closed: client={} peer={}: {}", name(), peer(), why);
    if (version5 && device.isPresent()) {
      farewell(ctx, MqttMessageBuilders.disconnect().reasonCode(breach.code()).build());
    } else {
      closed = true;
      dropBehindConnect();
      gate.cut();
      var _ = ctx.close();
    }
  }

  private void farewell(ChannelHandlerContext ctx, MqttMessage last) {
    closed = true;
    dropBehindConnect();
    gate.cut();
    ctx.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
    // A peer that reads nothing would never get it.
    var _ =
        ctx.executor()
            .schedule(
                () -> GuardedAcceptor.closeAtOnce(ctx.channel()),
                FAREWELL_SECONDS,
                TimeUnit.SECONDS);
  }

  private String name() {
    return device.map(ConnectedDevice::clientId).orElseGet(this::peer);
  }

  private String peer() {
    ChannelHandlerContext ctx = context;
    return ctx == null ? "nowhere" : String.valueOf(ctx.channel().remoteAddress());
  }
}
