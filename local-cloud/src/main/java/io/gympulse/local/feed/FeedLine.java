package io.gympulse.local.feed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.state.current.CurrentState;
import io.gympulse.cloud.state.feed.FeedUpdate;
import io.gympulse.cloud.state.presence.GatewayPresence;

/// One line of the feed; times are epoch milliseconds.
/// ```
/// {"type":"machine","position":7,"machine":"m","gym":"g","category":"c","status":"unknown",
///  "reason":"sensor-dead","since":0,"asOf":0,"seq":1}
/// {"type":"presence","position":8,"gym":"g","gateway":"w","online":true,"since":0,
///  "lastHeardAt":0,"coveredTo":0,"outboxDepth":0}
/// ```
/// `reason` and `coveredTo` are absent where there is none. Pure.
final class FeedLine {

  private static final ObjectMapper JSON = new ObjectMapper();

  private FeedLine() {}

  static String encode(FeedUpdate update) {
    ObjectNode line =
        switch (update) {
          case FeedUpdate.MachineChanged(long position, CurrentState state) ->
              machine(line("machine", position), state);
          case FeedUpdate.PresenceChanged(long position, GatewayPresence presence) ->
              presence(line("presence", position), presence);
        };
    return line.toString();
  }

  private static ObjectNode line(String type, long position) {
    return JSON.createObjectNode().put("type", type).put("position", position);
  }

  private static ObjectNode machine(ObjectNode line, CurrentState state) {
    line.put("machine", state.machine().value());
    line.put("gym", state.gym().value());
    line.put("category", state.category().value());
    line.put("status", state.status().wireName());
    state.reason().ifPresent(reason -> line.put("reason", reason.wireName()));
    line.put("since", state.since().toEpochMilli());
    line.put("asOf", state.asOf().toEpochMilli());
    return line.put("seq", state.seq());
  }

  private static ObjectNode presence(ObjectNode line, GatewayPresence presence) {
    line.put("gym", presence.gateway().gym().value());
    line.put("gateway", presence.gateway().gateway().value());
    line.put("online", presence.online());
    line.put("since", presence.since().toEpochMilli());
    line.put("lastHeardAt", presence.lastHeardAt().toEpochMilli());
    presence.coveredTo().ifPresent(time -> line.put("coveredTo", time.toEpochMilli()));
    return line.put("outboxDepth", presence.outboxDepth());
  }
}
