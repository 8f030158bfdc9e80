package io.gympulse.cloud.api.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.math.BigDecimal;
import java.util.Optional;

/// What a stream connection receives, one JSON object per text frame. All times are epoch seconds
/// (REST speaks ISO-8601). Receivers ignore types and fields that they do not know.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface StreamMessage {

  /// The first message of a connection: from here on nothing is missed, so whoever then reads REST
  /// knows everything.
  ///
  /// @param serverTime with milliseconds, to tell how far the reader's clock is off
  /// @param rate how fast the server's clock runs beside real time; 1 outside simulations
  @JsonTypeName("hello")
  record Hello(BigDecimal serverTime, double rate) implements StreamMessage {}

  /// Sent when there may be nothing else to say, so that silence means a dead link.
  @JsonTypeName("tick")
  record Tick(BigDecimal serverTime, double rate) implements StreamMessage {}

  /// A machine's state changed.
  ///
  /// @param status `free`, `occupied` or `unknown`; offline is a matter of presence
  /// @param timestamp when the gym last said so
  /// @param lastChange since when the machine is in that status
  /// @param reason why it is unknown; absent otherwise
  @JsonTypeName("machine_update")
  record MachineUpdate(
      String machineId,
      String gymId,
      String category,
      String status,
      long timestamp,
      long lastChange,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> reason)
      implements StreamMessage {}

  /// A gateway was heard, or has gone silent.
  ///
  /// @param status `online` or `offline`
  /// @param lastHeardAt absent if never
  /// @param since when that status began
  @JsonTypeName("gateway_presence")
  record GatewayPresence(
      String gymId,
      String gatewayId,
      String status,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> lastHeardAt,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> since)
      implements StreamMessage {}
}
