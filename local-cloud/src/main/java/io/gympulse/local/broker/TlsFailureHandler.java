package io.gympulse.local.broker;

import io.gympulse.local.broker.LimitCounters.Limit;
import io.gympulse.process.RateLimitedLog;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

/// Logs failed TLS handshakes with their reason, and closes connections with errors below MQTT.
final class TlsFailureHandler extends ChannelInboundHandlerAdapter {

  private static final int MAX_CAUSES = 20;

  private final RateLimitedLog log;
  private final LimitCounters counters;
  private final String source;
  private final SocketAddress peer;

  TlsFailureHandler(RateLimitedLog log, LimitCounters counters, String source, SocketAddress peer) {
    this.log = log;
    this.counters = counters;
    this.source = source;
    this.peer = peer;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent completion && !completion.isSuccess()) {
      // A peer that closes without sending anything, as a health check does, is no failing device.
      boolean received = ctx.channel().attr(GuardedAcceptorFactory.RECEIVED_DATA).get() != null;
      if (received && ctx.channel().attr(GuardedAcceptorFactory.CLOSED_BY_SERVER).get() == null) {
        counters.count(Limit.TLS);
        log.info(source, "refused: peer={}: TLS: {}", peer, reason(completion.cause()));
      }
      var _ = ctx.close();
      return;
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close();
  }

  /// Why a handshake failed, with the remedy if there is one.
  static String reason(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      String known = known(cause);
      if (!known.isEmpty()) {
        return known;
      }
      cause = cause.getCause();
    }
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }

  private static String known(Throwable cause) {
    return switch (cause) {
      case CertificateExpiredException e ->
          "its certificate has expired (" + e.getMessage() + "); provision it again";
      case CertificateNotYetValidException e ->
          "its certificate is not valid yet (" + e.getMessage() + "); set the clocks right";
      case NotSslRecordException _ -> "it does not speak TLS";
      case ClosedChannelException _ -> "it closed the connection during the handshake";
      default -> known(String.valueOf(cause.getMessage()));
    };
  }

  private static String known(String message) {
    if (message.contains("Empty client certificate chain")
        || message.contains("peer did not return a certificate")) {
      return "it sent no certificate";
    }
    if (message.contains("certification path") || message.contains("trust anchors")) {
      return "its certificate was not signed by this cloud's authority; provision it here";
    }
    if (message.contains("alert: unknown_ca")
        || message.contains("alert: certificate_unknown")
        || message.contains("alert: bad_certificate")) {
      return "it does not trust this cloud ("
          + message
          + "): its root certificate must be this cloud's root-ca.pem, and the host it connects to"
          + " one of the names of the cloud's certificate (cloud --name)";
    }
    return "";
  }
}
