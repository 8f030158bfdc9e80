package io.gympulse.cloud.server;

import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.crt.mqtt5.OnConnectionFailureReturn;
import software.amazon.awssdk.crt.mqtt5.OnDisconnectionReturn;
import software.amazon.awssdk.crt.mqtt5.packets.ConnAckPacket;
import software.amazon.awssdk.crt.mqtt5.packets.DisconnectPacket;
import software.amazon.awssdk.crt.mqtt5.packets.DisconnectPacket.DisconnectReasonCode;

/// Says in a sentence why there is no connection to the broker, and what to do.
final class DisconnectReason {
  private static final String NEGOTIATION_FAILED = "AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE";

  private DisconnectReason() {}

  /// @param broker its address
  static String of(String broker, OnConnectionFailureReturn failure) {
    ConnAckPacket refusal = failure.getConnAckPacket();
    return refusal == null
        ? ofError(broker, CRT.awsErrorName(failure.getErrorCode()), text(failure.getErrorCode()))
        : "%s refuses the certificate of --credentials (%s): it was revoked or replaced, or its thing has another name; provision again"
            .formatted(broker, refusal.getReasonCode());
  }

  /// @param error the client's name of the error
  /// @param text its description
  static String ofError(String broker, String error, String text) {
    return error.equals(NEGOTIATION_FAILED)
        ? "%s: %s: its certificate is not of root-ca.pem or for another name, or it does not accept certificate.pem; provision again from this broker"
            .formatted(broker, text)
        : "%s does not serve: %s".formatted(broker, text);
  }

  static String of(String broker, OnDisconnectionReturn disconnection) {
    DisconnectPacket packet = disconnection.getDisconnectPacket();
    if (packet == null) {
      return "the connection to %s was lost: %s"
          .formatted(broker, text(disconnection.getErrorCode()));
    }
    return packet.getReasonCode() == DisconnectReasonCode.SESSION_TAKEN_OVER
        ? "session taken over: another process uses the same thing; give each its own"
        : "%s ended the connection: %s".formatted(broker, packet.getReasonCode());
  }

  private static String text(int error) {
    return CRT.awsErrorString(error);
  }
}
