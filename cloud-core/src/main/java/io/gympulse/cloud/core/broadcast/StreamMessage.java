package io.gympulse.cloud.core.broadcast;

import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.Optional;

/// What a stream connection receives, one per text frame; [StreamCodec] says how it reads.
public sealed interface StreamMessage {

  /// An update of the feed as connections hear it.
  static StreamMessage of(FeedUpdate update) {
    return switch (update) {
      case FeedUpdate.MachineChanged(_, var state) ->
          new MachineUpdate(
              state.machine(),
              state.gym(),
              state.category(),
              state.status(),
              state.asOf(),
              state.since(),
              state.reason());
      case FeedUpdate.PresenceChanged(_, var presence) ->
          new Presence(
              presence.gateway(), presence.online(), presence.lastHeardAt(), presence.since());
    };
  }

  /// The first message of a connection: from here on nothing is missed, so whoever then reads REST
  /// knows everything.
  ///
  /// @param serverTime to tell how far the reader's clock is off
  /// @param rate how fast the server's clock runs beside real time; 1 outside simulations
  record Hello(Instant serverTime, double rate) implements StreamMessage {}

  /// Sent when there may be nothing else to say, so that silence means a dead link.
  record Tick(Instant serverTime, double rate) implements StreamMessage {}

  /// The answer to a client's ping: the connection is open in both directions, and still receives
  /// updates.
  record Pong(Instant serverTime, double rate) implements StreamMessage {}

  /// Whether updates reach the server that holds the connection. While they do not, what the client
  /// has is not the present. Sent after [Hello] and at each change; a server that does not depend
  /// on a feed never sends it.
  ///
  /// @param since when that began
  record Feed(boolean up, Instant since) implements StreamMessage {}

  /// A machine's state changed.
  ///
  /// @param status offline is a matter of presence
  /// @param timestamp when the gym last said so
  /// @param lastChange since when the machine is in that status
  /// @param reason why it is unknown; empty otherwise
  record MachineUpdate(
      MachineId machine,
      GymId gym,
      CategoryId category,
      MachineStatus status,
      Instant timestamp,
      Instant lastChange,
      Optional<UnknownReason> reason)
      implements StreamMessage {}

  /// A gateway was heard, or has gone silent.
  ///
  /// @param since when that began
  record Presence(GatewayAddress gateway, boolean online, Instant lastHeardAt, Instant since)
      implements StreamMessage {}

  /// A member is told something. The same may come again under the same id: receivers drop repeats.
  ///
  /// @param id the same at every attempt
  /// @param kind what is told, such as `machine-free`
  /// @param machine absent if it is about a gateway
  /// @param category present if `machine` is
  /// @param since when what is told began
  /// @param correlationId follows it through logs
  /// @param text one or two sentences of plain text
  record Alert(
      String id,
      String kind,
      Optional<MachineId> machine,
      Optional<GymId> gym,
      Optional<CategoryId> category,
      String name,
      Instant since,
      String correlationId,
      String text)
      implements StreamMessage {}
}
