package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.gateway.GatewayNews;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.RejectionCode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A judgement in the making. Parts refused for the same reason share one line on the error topic,
/// lest one bad batch floods it.
final class Draft {
  private final Origin origin;
  private final List<Write> writes = new ArrayList<>();
  private final Set<Write.Sighting> sightings = new LinkedHashSet<>();
  private final Map<MachineId, CurrentState> claims = new LinkedHashMap<>();
  private final Map<GatewayAddress, GatewayNews> news = new LinkedHashMap<>();
  private final Map<RejectionCode, Refused> refused = new EnumMap<>(RejectionCode.class);
  private final List<Reply> replies = new ArrayList<>();

  private record Refused(Rejection first, int count) {}

  Draft(Origin origin) {
    this.origin = origin;
  }

  Draft write(Write write) {
    writes.add(write);
    return this;
  }

  /// A machine that is named often was still seen once.
  Draft sighting(Write.Sighting sighting) {
    sightings.add(sighting);
    return this;
  }

  /// Claims of one machine are joined.
  Draft claim(CurrentState state) {
    claims.merge(state.machine(), state, CurrentState::join);
    return this;
  }

  /// All that is told of one gateway is written together.
  Draft news(GatewayNews more) {
    news.merge(more.gateway(), more, GatewayNews::and);
    return this;
  }

  Draft refuse(Rejection rejection) {
    refused.merge(
        rejection.code(),
        new Refused(rejection, 1),
        (known, more) -> new Refused(known.first(), known.count() + more.count()));
    return this;
  }

  Draft reply(Reply reply) {
    replies.add(reply);
    return this;
  }

  Judgement finish() {
    List<Write> all = new ArrayList<>(writes);
    all.addAll(sightings);
    claims.values().forEach(it -> all.add(new Write.Claim(it)));
    news.values().forEach(it -> all.add(new Write.News(it)));
    List<Reply> said = new ArrayList<>(replies);
    refused.values().forEach(it -> said.add(new Reply.Refusal(origin.reject(told(it), it.count))));
    return new Judgement(List.copyOf(all), List.copyOf(said));
  }

  private static Rejection told(Refused refused) {
    Rejection first = refused.first();
    return refused.count() == 1
        ? first
        : new Rejection(
            first.code(),
            first.field(),
            "%s (and %d more like it)".formatted(first.detail(), refused.count() - 1));
  }
}
